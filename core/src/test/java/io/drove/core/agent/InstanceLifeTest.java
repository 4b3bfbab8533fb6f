package io.drove.core.agent;

import static io.drove.core.agent.AgentRig.id;
import static io.drove.model.instance.InstanceState.DEPROVISIONING;
import static io.drove.model.instance.InstanceState.HEALTHY;
import static io.drove.model.instance.InstanceState.READY;
import static io.drove.model.instance.InstanceState.STARTING;
import static io.drove.model.instance.InstanceState.STOPPED;
import static io.drove.model.instance.InstanceState.STOPPING;
import static io.drove.model.instance.InstanceState.UNHEALTHY;
import static io.drove.model.instance.InstanceState.UNREADY;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.check.CheckSpec;
import io.drove.model.container.PullPolicy;
import io.drove.model.session.ToExecutor;
import io.drove.model.time.TimeSpan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceLifeTest {
    private final AgentRig rig = new AgentRig().open();

    @Test
    void instance_goes_from_order_to_healthy() {
        rig.healthy(1);

        assertThat(rig.effects.stream()
                        .filter(Effect.Moved.class::isInstance)
                        .map(e -> ((Effect.Moved) e).report().state().name()))
                .containsExactly("PROVISIONING", "STARTING", "UNREADY", "READY", "HEALTHY");
        assertThat(rig.report(1).ports()).singleElement().satisfies(port -> {
            assertThat(port.hostPort()).isEqualTo(20_000);
            assertThat(port.containerPort()).isEqualTo(8080);
        });
    }

    @Test
    void a_readiness_check_that_asks_what_the_health_check_asks_answers_both() {
        rig.readiness = every(2, rig.health);
        rig.unready(1);
        rig.answer(1, new Outcome.Passed());

        assertThat(rig.effects.stream()
                        .filter(Effect.Moved.class::isInstance)
                        .map(e -> ((Effect.Moved) e).report().state()))
                .endsWith(UNREADY, READY, HEALTHY);
        assertThat(rig.now(Effect.RunCheck.class)).isEmpty();
        rig.pass(Duration.ofSeconds(9));
        assertThat(rig.now(Effect.RunCheck.class)).isEmpty();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.now(Effect.RunCheck.class)).hasSize(1);
    }

    /** The same question, asked so often. */
    private static CheckSpec every(int seconds, CheckSpec check) {
        return new CheckSpec(
                check.mode(), check.timeout(), TimeSpan.ofSeconds(seconds), check.attempts(), check.initialDelay());
    }

    @Test
    void an_answer_from_before_a_pause_is_not_the_health_checks() {
        rig.readiness = AgentRig.check(3, 0);
        rig.unready(1);
        rig.now += 600 * AgentRig.SECOND;
        rig.answer(1, new Outcome.Passed());

        assertThat(rig.report(1).state()).isEqualTo(READY);
        assertThat(rig.now(Effect.RunCheck.class)).hasSize(1);
    }

    @Test
    void a_health_check_that_begins_later_is_not_answered_by_readiness() {
        rig.readiness = AgentRig.check(3, 0);
        rig.health = AgentRig.check(3, 4);
        rig.unready(1);
        rig.answer(1, new Outcome.Passed());

        assertThat(rig.report(1).state()).isEqualTo(READY);
    }

    @Test
    void an_answer_that_was_too_slow_for_the_health_check_is_not_taken_for_it() {
        rig.health = AgentRig.check(3, 0);
        rig.readiness = new CheckSpec(
                rig.health.mode(), TimeSpan.ofSeconds(2), TimeSpan.ofSeconds(10), 3, TimeSpan.ofSeconds(0));
        rig.unready(1);
        rig.answer(1, new Outcome.Passed());

        assertThat(rig.report(1).state()).isEqualTo(READY);
    }

    @Test
    void environment_has_the_original_order_and_fills_empty_values_from_the_host() {
        rig.start(1);
        rig.answer(1, new Outcome.Pulled(""));

        var env = rig.now(Effect.Create.class).getFirst().plan().env();
        assertThat(env.keySet()).startsWith("HOST").containsSubsequence("HOST", "DROVE_CONTAINER_ID", "PORT_8080");
        assertThat(env)
                .containsEntry("FROM_HOST", "host value")
                .containsEntry("X", "y")
                .containsEntry("PORT_8080", "20000")
                .containsEntry("DROVE_APP_INSTANCE_AUTH_TOKEN", "secret-token")
                .doesNotContainKey("MISSING");
        assertThat(rig.now(Effect.Create.class).toString()).doesNotContain("secret-token");
    }

    @Test
    void pull_policy_follows_the_tag() {
        assertThat(PullRule.resolve(PullPolicy.BY_TAG, "web:1")).isEqualTo(PullPolicy.IF_NOT_PRESENT);
        assertThat(PullRule.resolve(PullPolicy.BY_TAG, "host:5000/web")).isEqualTo(PullPolicy.ALWAYS);
        assertThat(PullRule.resolve(PullPolicy.BY_TAG, "host:5000/web:latest")).isEqualTo(PullPolicy.ALWAYS);
        assertThat(PullRule.resolve(PullPolicy.BY_TAG, "web@sha256:ab")).isEqualTo(PullPolicy.IF_NOT_PRESENT);
        assertThat(PullRule.resolve(PullPolicy.NEVER, "web")).isEqualTo(PullPolicy.NEVER);
    }

    @Test
    void image_that_could_not_be_refreshed_is_a_warning_that_a_failure_takes_the_place_of() {
        rig.start(1);
        rig.answer(1, new Outcome.Pulled("could not be pulled"));

        assertThat(rig.report(1).state()).isEqualTo(STARTING);
        assertThat(rig.report(1).error()).isEqualTo("Image img:1 could not be pulled");

        rig.answer(1, new Outcome.Failed("no room", false));
        assertThat(rig.report(1).error()).isEqualTo("no room");
    }

    @Test
    void start_for_an_id_that_runs_or_ended_does_nothing_twice() {
        rig.healthy(1);
        rig.effects.clear();

        rig.start(1);
        assertThat(rig.effects).noneMatch(Effect.Pull.class::isInstance);
        assertThat(rig.report(1).state()).isEqualTo(HEALTHY);

        rig.give(new AgentInput.Died(id(1), 1));
        rig.answer(1, new Outcome.Removed());
        rig.start(1);
        assertThat(rig.effects).noneMatch(Effect.Pull.class::isInstance);
        assertThat(rig.report(1).state()).isEqualTo(STOPPED);
    }

    @Test
    void unhealthy_after_exactly_as_many_failures_in_a_row_as_the_spec_says() {
        rig.healthy(1);
        failOnce();
        failOnce();
        keepAlive(10);
        rig.answer(1, new Outcome.Passed());

        failOnce();
        failOnce();
        assertThat(rig.report(1).state()).isEqualTo(HEALTHY);
        failOnce();

        assertThat(rig.effects)
                .anyMatch(e -> e instanceof Effect.Moved moved && moved.report().state() == UNHEALTHY);
        assertThat(rig.report(1).state()).isEqualTo(STOPPING);
        assertThat(rig.report(1).error()).isEqualTo("Healthcheck failed:503");
    }

    private void failOnce() {
        keepAlive(10);
        rig.answer(1, new Outcome.Unhealthy("503"));
    }

    private void keepAlive(int seconds) {
        for (int i = 0; i < seconds; i++) {
            rig.pass(Duration.ofSeconds(1));
            rig.receive(new ToExecutor.Heartbeat(5));
            rig.drain();
        }
    }

    @Test
    void early_refusals_are_asked_again_soon_and_do_not_count() {
        rig.readiness = AgentRig.ready(2, 0);
        rig.unready(1);
        long began = rig.now;

        int probes = 0;
        long pause = AgentLimits.DEFAULT.earlyProbe().toNanos();
        while (rig.now - began < 9 * AgentRig.SECOND) {
            rig.answer(1, new Outcome.Unreachable("refused"));
            assertThat(rig.report(1).state()).isEqualTo(UNREADY);
            rig.pass(Duration.ofNanos(pause));
            pause += pause / 4;
            probes++;
            rig.receive(new ToExecutor.Heartbeat(5));
        }
        assertThat(probes).isEqualTo(28);

        rig.answer(1, new Outcome.Unreachable("refused"));
        keepAlive(10);
        rig.answer(1, new Outcome.Unreachable("refused"));
        assertThat(rig.report(1).error()).isEqualTo("Readiness check failed: refused");
    }

    @Test
    void readiness_fails_when_all_attempts_failed() {
        rig.unready(1);
        rig.answer(1, new Outcome.Unhealthy("a"));
        keepAlive(10);
        rig.answer(1, new Outcome.Unhealthy("b"));
        assertThat(rig.report(1).state()).isEqualTo(UNREADY);
        keepAlive(10);
        rig.answer(1, new Outcome.Unhealthy("c"));

        assertThat(rig.report(1).state()).isEqualTo(STOPPING);
        assertThat(rig.report(1).error()).isEqualTo("Readiness check failed: c");
    }

    @Test
    void a_check_that_was_under_way_when_the_executor_was_paused_says_nothing_about_its_instance() {
        rig.health = AgentRig.check(1, 0);
        rig.healthy(1);
        while (rig.now(Effect.RunCheck.class).isEmpty()) {
            rig.now = rig.agent.nextDeadline();
            rig.give(new AgentInput.TimePassed());
        }

        rig.now += 20 * AgentRig.SECOND;
        rig.give(new AgentInput.TimePassed());
        assertThat(rig.report(1).state()).isEqualTo(HEALTHY);

        rig.pass(Duration.ofSeconds(11));
        rig.answer(1, new Outcome.Unhealthy("status 500"));
        assertThat(rig.report(1).state()).isEqualTo(STOPPING);
    }

    @Test
    void checks_that_could_not_be_made_say_nothing_about_a_healthy_instance() {
        rig.healthy(1);
        for (int i = 0; i < 100; i++) {
            keepAlive(10);
            rig.answer(1, new Outcome.Undecided("engine is down"));
        }

        assertThat(rig.report(1).state()).isEqualTo(HEALTHY);
    }

    @Test
    void initial_delay_is_waited_for() {
        rig.readiness = AgentRig.ready(3, 3);
        rig.unready(1);
        assertThat(rig.now(Effect.RunCheck.class)).isEmpty();

        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.now(Effect.RunCheck.class)).hasSize(1);
    }

    @Test
    void container_that_dies_is_noticed_at_once_and_removed_without_hooks() {
        rig.preShutdown = AgentRig.hooks(2, 30);
        rig.healthy(1);

        rig.give(new AgentInput.Died(id(1), 137));

        assertThat(rig.report(1).state()).isEqualTo(DEPROVISIONING);
        assertThat(rig.report(1).error()).isEqualTo("Container exited with status: 137");
        assertThat(rig.now(Effect.RemoveContainer.class)).hasSize(1);
    }

    @Test
    void stop_calls_the_hooks_one_after_another_then_waits_then_stops_then_removes() {
        rig.preShutdown = AgentRig.hooks(2, 5);
        rig.healthy(1);

        rig.stop(1);
        assertThat(rig.now(Effect.RunHook.class)).hasSize(1);
        rig.answer(1, new Outcome.Hooked("HTTP 500"));
        assertThat(rig.now(Effect.RunHook.class)).hasSize(1);
        rig.answer(1, new Outcome.Hooked(""));
        assertThat(rig.now(Effect.StopContainer.class)).isEmpty();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.now(Effect.StopContainer.class)).hasSize(1);
        rig.answer(1, new Outcome.Halted());
        assertThat(rig.now(Effect.RemoveContainer.class)).hasSize(1);
        rig.answer(1, new Outcome.Removed());

        assertThat(rig.report(1).state()).isEqualTo(STOPPED);
        assertThat(rig.report(1).error()).isEmpty();
    }

    @Test
    void an_image_that_is_not_to_be_kept_goes_with_the_last_instance_of_it() {
        AgentRig frugal = AgentRig.thatKeepsNoImages().open();
        frugal.healthy(1);
        frugal.healthy(2);

        end(frugal, 1);
        assertThat(frugal.now(Effect.RemoveImage.class)).isEmpty();
        end(frugal, 2);

        assertThat(frugal.now(Effect.RemoveImage.class)).containsExactly(new Effect.RemoveImage("img:1"));
        rig.healthy(1);
        end(rig, 1);
        assertThat(rig.now(Effect.RemoveImage.class)).isEmpty();
    }

    private static void end(AgentRig rig, int number) {
        rig.stop(number);
        rig.answer(number, new Outcome.Halted());
        rig.answer(number, new Outcome.Removed());
        assertThat(rig.report(number).state()).isEqualTo(STOPPED);
    }

    @Test
    void stop_while_creating_removes_what_comes_of_it() {
        rig.start(1);
        rig.answer(1, new Outcome.Pulled(""));
        rig.stop(1);
        assertThat(rig.report(1).state()).isEqualTo(STOPPING);

        rig.answer(1, new Outcome.Created("c"));
        assertThat(rig.now(Effect.RemoveContainer.class)).hasSize(1);
    }

    @Test
    void container_that_comes_after_its_instance_was_given_up_is_removed() {
        rig.start(1);
        rig.answer(1, new Outcome.Pulled(""));
        long creation = rig.lastCall(1);
        keepAlive(130);
        rig.answer(1, new Outcome.Removed());
        assertThat(rig.report(1).state()).isEqualTo(STOPPED);

        rig.give(new AgentInput.Done(id(1), creation, new Outcome.Created("c")));

        assertThat(rig.now(Effect.RemoveContainer.class)).hasSize(1);
    }

    @Test
    void removal_is_tried_until_it_works_and_only_then_ports_and_cores_are_free() {
        rig.healthy(1);
        rig.give(new AgentInput.Died(id(1), 1));
        for (int i = 0; i < 20; i++) {
            rig.answer(1, new Outcome.Failed("engine is down", true));
            keepAlive(30);
            assertThat(rig.report(1).state()).isEqualTo(DEPROVISIONING);
        }
        startOnCoresOf1(2);
        assertThat(rig.report(2).error()).startsWith("Cores are still in use: 1 by AI-");

        rig.answer(1, new Outcome.Removed());
        startOnCoresOf1(3);
        rig.answer(3, new Outcome.Pulled(""));
        assertThat(rig.report(3).state()).isEqualTo(STARTING);
    }

    private void startOnCoresOf1(int number) {
        rig.receive(new ToExecutor.Start(90 + number, 5, id(number), rig.spec().id(), "s", AgentRig.cores(1), null));
    }

    @Test
    void taken_port_is_avoided_for_a_while_and_another_is_tried() {
        rig.start(1);
        rig.answer(1, new Outcome.Pulled(""));
        rig.answer(1, new Outcome.Failed("bind: address already in use", false, 20_000));
        rig.answer(1, new Outcome.Removed());

        assertThat(rig.now(Effect.Create.class)
                        .getFirst()
                        .plan()
                        .ports()
                        .getFirst()
                        .hostPort())
                .isEqualTo(20_001);
    }

    @Test
    void no_port_is_given_twice_and_an_exhausted_range_fails_the_start() {
        for (int i = 1; i <= 10; i++) {
            rig.healthy(i);
        }
        assertThat(rig.agent.reports().stream()
                        .map(report -> report.ports().getFirst().hostPort())
                        .distinct())
                .hasSize(10);

        rig.start(11);
        rig.answer(11, new Outcome.Pulled(""));
        assertThat(rig.report(11).error()).isEqualTo("No host port is free in 20000-20009");

        rig.give(new AgentInput.Died(id(4), 1));
        rig.answer(4, new Outcome.Removed());
        rig.start(12);
        rig.answer(12, new Outcome.Pulled(""));
        assertThat(rig.report(12).ports().getFirst().hostPort()).isEqualTo(20_003);
    }

    @Test
    void pull_is_retried_when_it_is_worth_it_and_fails_with_the_original_phrase() {
        rig.start(1);
        rig.answer(1, new Outcome.Failed("registry is down", true));
        rig.pass(Duration.ofSeconds(1));
        rig.answer(1, new Outcome.Failed("registry is down", true));
        rig.pass(Duration.ofSeconds(2));
        rig.answer(1, new Outcome.Failed("registry is down", true));

        assertThat(rig.report(1).error()).isEqualTo("Error while pulling image img:1: registry is down");
        assertThat(rig.report(1).state()).isEqualTo(DEPROVISIONING);
    }

    @Test
    void survey_finds_the_dead_but_not_what_started_after_it_began() {
        rig.healthy(1);
        long begun = ++rig.now;
        rig.now++;
        rig.healthy(2);

        rig.give(new AgentInput.Surveyed(begun, List.of()));

        assertThat(rig.report(1).state()).isEqualTo(DEPROVISIONING);
        assertThat(rig.report(2).state()).isEqualTo(HEALTHY);
    }

    @Test
    void wrong_limits_are_told_without_holding_the_instance_up() {
        rig.unready(1);
        rig.give(new AgentInput.LimitsWrong(id(1), "cpuset is 0-1, wanted 1"));
        rig.answer(1, new Outcome.Passed());

        assertThat(rig.report(1).state()).isEqualTo(READY);
        assertThat(rig.report(1).error()).isEqualTo("cpuset is 0-1, wanted 1");
    }

    @Test
    void hanging_check_counts_as_failed() {
        rig.readiness = AgentRig.ready(1, 0);
        rig.unready(1);

        keepAlive(6);

        assertThat(rig.report(1).error()).startsWith("Readiness check failed: no answer");
    }
}
