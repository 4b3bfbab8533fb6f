package io.drove.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.session.ToExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every (step, input) pair against the table in {@code lifecycle-table.txt}. After a wanted change, run with {@code -Dgolden.write=true} and read
 * the difference.
 */
class LifecycleTableTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/drove/core/agent/lifecycle-table.txt");

    @Test
    void every_step_answers_every_input_as_the_table_says() throws IOException {
        StringBuilder table = new StringBuilder();
        steps().forEach((step, reach) -> {
            table.append(step).append('\n');
            inputs().forEach((input, give) -> {
                AgentRig rig = new AgentRig();
                rig.preShutdown = AgentRig.hooks(1, 30);
                rig.open();
                reach.accept(rig);
                table.append(String.format("  %-24s -> %s%n", input, result(rig, give)));
            });
        });

        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, table);
        }
        assertThat(table.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    private static Map<String, Consumer<AgentRig>> steps() {
        Map<String, Consumer<AgentRig>> steps = new LinkedHashMap<>();
        steps.put("PROVISIONING pulling", rig -> rig.start(1));
        steps.put("PROVISIONING pausing before the next pull", rig -> {
            rig.start(1);
            rig.answer(1, new Outcome.Failed("registry is down", true));
        });
        steps.put("STARTING creating", rig -> {
            rig.start(1);
            rig.answer(1, new Outcome.Pulled(""));
        });
        steps.put("STARTING clearing a container with a taken port", rig -> {
            rig.start(1);
            rig.answer(1, new Outcome.Pulled(""));
            rig.answer(1, new Outcome.Failed("port is taken", false, 20_000));
        });
        steps.put("STARTING launching", rig -> {
            rig.start(1);
            rig.answer(1, new Outcome.Pulled(""));
            rig.answer(1, new Outcome.Created("c"));
        });
        steps.put("UNREADY checking", rig -> rig.unready(1));
        steps.put("UNREADY checking what the health check asks", rig -> {
            rig.readiness = AgentRig.check(3, 0);
            rig.unready(1);
        });
        steps.put("UNREADY pausing", rig -> {
            rig.unready(1);
            rig.answer(1, new Outcome.Unhealthy("503"));
        });
        steps.put("UNREADY checking for the last time", rig -> {
            rig.readiness = AgentRig.ready(1, 0);
            rig.unready(1);
        });
        steps.put("READY checking", rig -> {
            rig.unready(1);
            rig.answer(1, new Outcome.Passed());
        });
        steps.put("HEALTHY pausing", rig -> rig.healthy(1));
        steps.put("HEALTHY checking", rig -> {
            rig.healthy(1);
            passQuietly(rig, 10);
        });
        steps.put("HEALTHY checking for the last time", rig -> {
            rig.health = AgentRig.check(1, 0);
            rig.healthy(1);
            passQuietly(rig, 10);
        });
        steps.put("STOPPING unwinding a creation", rig -> {
            rig.start(1);
            rig.answer(1, new Outcome.Pulled(""));
            rig.stop(1);
        });
        steps.put("STOPPING in a hook", rig -> {
            rig.healthy(1);
            rig.stop(1);
        });
        steps.put("STOPPING draining", rig -> {
            rig.healthy(1);
            rig.stop(1);
            rig.answer(1, new Outcome.Hooked(""));
        });
        steps.put("STOPPING halting", rig -> {
            rig.healthy(1);
            rig.stop(1);
            rig.answer(1, new Outcome.Hooked(""));
            passQuietly(rig, 30);
        });
        steps.put("DEPROVISIONING removing", rig -> {
            rig.healthy(1);
            rig.give(new AgentInput.Died(AgentRig.id(1), 3));
        });
        steps.put("DEPROVISIONING pausing before the next removal", rig -> {
            rig.healthy(1);
            rig.give(new AgentInput.Died(AgentRig.id(1), 3));
            rig.answer(1, new Outcome.Failed("engine is down", true));
        });
        steps.put("STOPPED", rig -> {
            rig.start(1);
            rig.stop(1);
        });
        return steps;
    }

    private static Map<String, Consumer<AgentRig>> inputs() {
        Map<String, Consumer<AgentRig>> inputs = new LinkedHashMap<>();
        inputs.put("start again", rig -> rig.start(1));
        inputs.put("stop", rig -> rig.stop(1));
        inputs.put("forget", rig -> rig.receive(new ToExecutor.Forget(99, List.of(AgentRig.id(1)))));
        answer(inputs, "pulled", new Outcome.Pulled(""));
        answer(inputs, "created", new Outcome.Created("c"));
        answer(inputs, "started", new Outcome.Started());
        answer(inputs, "passed", new Outcome.Passed());
        answer(inputs, "unhealthy", new Outcome.Unhealthy("503"));
        answer(inputs, "unreachable", new Outcome.Unreachable("refused"));
        answer(inputs, "undecided", new Outcome.Undecided("engine is down"));
        answer(inputs, "hooked", new Outcome.Hooked(""));
        answer(inputs, "halted", new Outcome.Halted());
        answer(inputs, "removed", new Outcome.Removed());
        answer(inputs, "failed", new Outcome.Failed("broken", false));
        answer(inputs, "failed, worth a retry", new Outcome.Failed("broken", true));
        answer(inputs, "failed, port taken", new Outcome.Failed("port is taken", false, 20_000));
        inputs.put(
                "late: created",
                rig -> rig.give(new AgentInput.Done(AgentRig.id(1), 999_999, new Outcome.Created("c"))));
        inputs.put(
                "late: started", rig -> rig.give(new AgentInput.Done(AgentRig.id(1), 999_999, new Outcome.Started())));
        inputs.put(
                "late: failed",
                rig -> rig.give(new AgentInput.Done(AgentRig.id(1), 999_999, new Outcome.Failed("late", false))));
        inputs.put("died", rig -> rig.give(new AgentInput.Died(AgentRig.id(1), 137)));
        inputs.put("survey without it", rig -> {
            rig.now += 1;
            rig.give(new AgentInput.Surveyed(rig.now, List.of()));
        });
        inputs.put(
                "limits wrong", rig -> rig.give(new AgentInput.LimitsWrong(AgentRig.id(1), "cpuset is 0-1, wanted 1")));
        inputs.put("deadline", LifecycleTableTest::expire);
        return inputs;
    }

    private static void answer(Map<String, Consumer<AgentRig>> inputs, String name, Outcome outcome) {
        inputs.put(name, rig -> rig.answer(1, outcome));
    }

    /** Goes to the instance's next deadline while the session is kept alive. */
    private static void expire(AgentRig rig) {
        int before = moves(rig);
        for (int i = 0; i < 600 && moves(rig) == before; i++) {
            passQuietly(rig, 1);
            if (rig.last.stream().anyMatch(LifecycleTableTest::isOfInstance)) {
                return;
            }
        }
    }

    private static int moves(AgentRig rig) {
        return (int)
                rig.effects.stream().filter(LifecycleTableTest::isOfInstance).count();
    }

    private static void passQuietly(AgentRig rig, int seconds) {
        for (int i = 0; i < seconds; i++) {
            rig.pass(Duration.ofSeconds(1));
            List<Effect> kept = rig.last;
            rig.receive(new ToExecutor.Heartbeat(5));
            rig.drain();
            rig.last = kept;
        }
    }

    private static boolean isOfInstance(Effect effect) {
        return !(effect instanceof Effect.Send);
    }

    private static String result(AgentRig rig, Consumer<AgentRig> give) {
        try {
            give.accept(rig);
        } catch (IllegalStateException bug) {
            return "refused as a bug";
        }
        String state = rig.agent.reports().stream()
                .findFirst()
                .map(report -> report.state() + (report.error().isEmpty() ? "" : " (" + report.error() + ")"))
                .orElse("forgotten");
        StringBuilder text = new StringBuilder(state);
        for (Effect effect : rig.last) {
            if (isOfInstance(effect)) {
                text.append("; ").append(shortly(effect));
            }
        }
        return text.toString();
    }

    private static String shortly(Effect effect) {
        return switch (effect) {
            case Effect.Moved moved -> moved.from() + ">" + moved.report().state();
            case Effect.Note note -> "note";
            case Effect.Pull ignored -> "pull";
            case Effect.Abandon ignored -> "abandon";
            case Effect.Create create ->
                "create " + create.plan().ports().getFirst().hostPort();
            case Effect.StartContainer ignored -> "start container";
            case Effect.FollowLogs ignored -> "follow logs";
            case Effect.RunCheck ignored -> "check";
            case Effect.RunHook ignored -> "hook";
            case Effect.StopContainer ignored -> "stop container";
            case Effect.RemoveContainer ignored -> "remove container";
            case Effect.RemoveImage ignored -> "remove image";
            case Effect.Dial ignored -> "dial";
            case Effect.Hangup ignored -> "hang up";
            case Effect.Send ignored -> "send";
            case Effect.Persist ignored -> "persist";
        };
    }
}
