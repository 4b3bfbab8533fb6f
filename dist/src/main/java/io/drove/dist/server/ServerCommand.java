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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code drove server ROLE [--config FILE]}: runs a server until it is told to stop. Without a file, everything has its default. */
public final class ServerCommand {
    private static final String USAGE = """
            Usage: drove server controller|executor [--config FILE]
            Runs a server until TERM or Ctrl-C. Without --config every setting has its default.
            LOG_LEVEL in the environment sets the level: TRACE, DEBUG, INFO (default), WARN, ERROR.
            """;
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private ServerCommand() {}

    /** Runs a server; the exit code is not 0 if it could not start. */
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
        switch (role) {
            case "controller" -> {
                ControllerConfig config = file.bind(ControllerConfig.DEFAULT);
                Logging.start(variables);
                runUntilToldToStop(ControllerServer.start(config, DroveCommand.version()));
            }
            case "executor" -> {
                ExecutorConfig config = file.bind(ExecutorConfig.DEFAULT);
                Logging.start(variables);
                runUntilToldToStop(ExecutorServer.start(config, variables, DroveCommand.version()));
            }
            default -> {
                environment.err().print(USAGE);
                return WRONG_USAGE;
            }
        }
        return OK;
    }

    private static void runUntilToldToStop(AutoCloseable server) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("the server did not stop properly", e);
            }
        }));
        // The JVM ends on a signal, and never because this thread is done.
        new CountDownLatch(1).await();
    }
}
