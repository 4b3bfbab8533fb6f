package io.drove.executor.check;

import io.drove.core.agent.Outcome;
import io.drove.executor.container.CommandResult;
import io.drove.executor.container.ContainerEngine;
import io.drove.executor.container.EngineException;
import io.drove.model.check.CheckMode;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.container.PortType;
import io.drove.model.instance.PortBinding;
import io.drove.model.time.TimeSpan;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/** Asks instances. Safe for use by many threads; the phrases are the original's (reference, appendix D). */
public final class Checker {
    private static final int HOOK_ATTEMPTS = 5;
    private static final Duration HOOK_PAUSE = Duration.ofSeconds(3);
    private static final Duration HOOK_ANSWER = Duration.ofSeconds(1);

    private final ContainerEngine engine;
    private final Duration hookPause;
    private final HttpProbe http = new HttpProbe();

    public Checker(ContainerEngine engine) {
        this(engine, HOOK_PAUSE);
    }

    /** {@code hookPause} between two attempts of an HTTP hook. */
    Checker(ContainerEngine engine, Duration hookPause) {
        this.engine = engine;
        this.hookPause = hookPause;
    }

    /** Makes one call for nothing, to a port that need not answer: the first one of a process takes long. */
    public void warmUp(int port) throws InterruptedException {
        CheckMode.Http call = new CheckMode.Http(
                HttpScheme.HTTP,
                "any",
                "/",
                HttpVerb.GET,
                new TreeSet<>(List.of(200)),
                "",
                TimeSpan.ofSeconds(1),
                false);
        http.ask(call, List.of(new PortBinding("any", port, port, PortType.HTTP)), Duration.ofSeconds(5));
    }

    /** One check, ended after the timeout at the latest. */
    public Outcome check(CheckMode mode, String container, List<PortBinding> ports, Duration timeout)
            throws InterruptedException {
        return switch (mode) {
            case CheckMode.Http call -> http.ask(call, ports, timeout);
            case CheckMode.Command command -> run(command, container, timeout);
        };
    }

    /** One hook: a command once, an HTTP call up to five times; what goes wrong is told and does not matter otherwise. */
    public Outcome.Hooked hook(CheckMode mode, String container, List<PortBinding> ports, Duration timeout)
            throws InterruptedException {
        boolean isHttp = mode instanceof CheckMode.Http;
        long end = System.nanoTime() + timeout.toNanos();
        Outcome outcome = check(mode, container, ports, isHttp ? HOOK_ANSWER : timeout);
        for (int attempt = 1; isHttp && attempt < HOOK_ATTEMPTS && !isGood(outcome); attempt++) {
            if (System.nanoTime() + hookPause.toNanos() >= end) {
                break;
            }
            Thread.sleep(hookPause);
            outcome = check(mode, container, ports, HOOK_ANSWER);
        }
        return new Outcome.Hooked(isGood(outcome) ? "" : outcome.toString());
    }

    private static boolean isGood(Outcome outcome) {
        return outcome instanceof Outcome.Passed;
    }

    private Outcome run(CheckMode.Command command, String container, Duration timeout) {
        List<String> words = command.shellDisabled()
                ? List.of(command.command().split(" "))
                : List.of("sh", "-c", command.command());
        try {
            CommandResult result = engine.execute(container, words, timeout);
            if (result.hasTimedOut()) {
                return new Outcome.Unhealthy(
                        "Command did not end within " + timeout.toMillis() + " ms. Output: " + result.output());
            }
            return result.exitCode() == 0
                    ? new Outcome.Passed()
                    : new Outcome.Unhealthy(
                            "Command exited with exit code: " + result.exitCode() + ". Output: " + result.output());
        } catch (EngineException e) {
            String message = "Command could not be run: " + e.getMessage();
            return e.isEngineAway() ? new Outcome.Undecided(message) : new Outcome.Unhealthy(message);
        }
    }
}
