package io.drove.dist.server;

import io.drove.cli.DroveCommand;
import io.drove.cli.process.Environment;
import io.drove.controller.ControllerConfig;
import io.drove.controller.ControllerServer;
import io.drove.executor.ExecutorConfig;
import io.drove.executor.ExecutorServer;
import io.drove.platform.config.Config;
import io.drove.platform.config.ConfigException;
import io.drove.platform.http.PortTaken;
import io.drove.platform.journal.JournalUnusable;
import io.drove.platform.log.Logging;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code drove server ROLE [--config FILE]}: runs a server until it is told to stop. Without a file, everything has its default. */
public final class ServerCommand {
    private static final String USAGE = """
            Usage: drove server controller|executor [--config FILE]
            Runs a server until TERM or Ctrl-C. Without --config every setting has its default.
            Exit code 1: it could not start; 2: wrong usage or configuration; 3: it could not go on, and is to be started again.
            LOG_LEVEL in the environment sets the level: TRACE, DEBUG, INFO (default), WARN, ERROR.
            """;
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int CANNOT_GO_ON = 3;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private ServerCommand() {}

    /** Runs a server; the exit code is 0 only for a question of how to: a server that could start ends by a signal, or because it cannot go on. */
    public static int run(List<String> words, Environment environment) {
        if (words.contains("--help") || words.contains("-h")) {
            environment.out().print(USAGE);
            return OK;
        }
        boolean hasFile = words.size() == 3 && words.get(1).equals("--config");
        if (words.size() != 1 && !hasFile) {
            environment.err().print(USAGE);
            return WRONG_USAGE;
        }
        try {
            Config file = hasFile ? Config.load(Path.of(words.get(2)), environment.variables()) : Config.empty();
            return run(words.getFirst(), file, environment);
        } catch (ConfigException e) {
            environment.err().println(e.getMessage());
            return WRONG_USAGE;
        } catch (PortTaken | JournalUnusable | IOException e) {
            environment.err().println("drove server " + words.getFirst() + ": " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int run(String role, Config file, Environment environment) throws IOException, InterruptedException {
        Map<String, String> variables = environment.variables();
        return switch (role) {
            case "controller" -> {
                ControllerConfig config = file.bind(ControllerConfig.DEFAULT);
                Logging.start(variables);
                ControllerServer server = ControllerServer.start(config, DroveCommand.version());
                yield runUntilToldToStop(server, server::endedListener, environment);
            }
            case "executor" -> {
                ExecutorConfig config = file.bind(ExecutorConfig.DEFAULT);
                Logging.start(variables);
                ExecutorServer server = ExecutorServer.start(config, variables, DroveCommand.version());
                yield runUntilToldToStop(server, server::endedListener, environment);
            }
            default -> {
                environment.err().print(USAGE);
                yield WRONG_USAGE;
            }
        };
    }

    private static int runUntilToldToStop(
            AutoCloseable server, Supplier<Optional<String>> endedListener, Environment environment)
            throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("the server did not stop properly", e);
            }
        }));
        // The JVM ends on a signal; this thread is done only when the server cannot go on.
        String ended = awaitEnd(endedListener, LOOK_EVERY);
        environment
                .err()
                .println("drove server: the " + ended
                        + " listener has ended and nobody is served; start the server again");
        return CANNOT_GO_ON;
    }

    /** Looks now and then whether a listener has ended, and returns which: a process that nobody reaches is worth less than one that starts. */
    static String awaitEnd(Supplier<Optional<String>> endedListener, Duration lookEvery) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Optional<String> ended = Optional.empty();
        while (ended.isEmpty() && !never.await(lookEvery.toNanos(), TimeUnit.NANOSECONDS)) {
            ended = endedListener.get();
        }
        return ended.orElseThrow();
    }
}
