package io.drove.bench.scale;

import io.drove.bench.cluster.Launcher;
import io.drove.bench.executors.ExecutorsProcess;
import io.drove.bench.executors.ExecutorsShape;
import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import io.drove.platform.security.Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes of one scale benchmark. Closing it ends them, in whatever state they are. */
public final class ScaleRun implements AutoCloseable {
    private static final int PER_RACK = 40;
    private static final int START_MILLIS = 200;
    private static final int STOP_MILLIS = 100;
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final ScaleOptions options;
    private final PrintStream progress;
    private final Path logs;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final ControllerProcess controller;
    private final String secret = Secrets.generate().reveal();
    private @Nullable ExecutorsProcess executors;

    /**
     * Prepares it; nothing runs yet.
     *
     * @param directory where the controller keeps its journal; {@code logs} in it gets what the processes say
     */
    public ScaleRun(ScaleOptions options, Path directory, PrintStream progress) throws IOException {
        this.options = options;
        this.progress = progress;
        this.logs = Files.createDirectories(directory.resolve("logs"));
        String java = String.join(" ", Pauses.option(gcLog()), options.controllerOptions());
        Launcher launcher = new Launcher(
                Launcher.ofThisProcess(),
                Map.of("DROVE_NO_BUILD", "true", "DROVE_HEAP", options.heap(), "DROVE_JAVA_OPTS", java.strip()),
                logs);
        this.controller = new ControllerProcess(launcher, directory, secret, http);
    }

    /**
     * Runs all of it and prints the figures, also those measured before something failed.
     *
     * @return 0 when everything could be measured, however slow it is, else 1
     */
    public int run(PrintStream out) throws InterruptedException {
        return new ScaleMeasurements(this).run(out);
    }

    ScaleOptions options() {
        return options;
    }

    PrintStream progress() {
        return progress;
    }

    ControllerProcess controller() {
        return controller;
    }

    Path gcLog() {
        return logs.resolve("gc.log");
    }

    Watch watch() {
        return new Watch(controller.admin(), options.load().patience(), progress);
    }

    SteadyReader reader() {
        return new SteadyReader(
                http,
                controller.address(),
                options.cluster().apps(),
                options.load().seed());
    }

    BenchApps apps() {
        return apps(1, options.cluster().apps());
    }

    /** Others, which may come and go before. */
    BenchApps appsToWarmUp() {
        return apps(options.cluster().apps() + 1, options.appsToWarmUp());
    }

    private BenchApps apps(int first, int count) {
        Connection connection = Connection.to(List.of(controller.address()), new Credentials.None())
                .withTimeouts(CONNECT_TIMEOUT, READ_TIMEOUT);
        return new BenchApps(new DroveClient(connection), first, count);
    }

    /** Starts the executors' process. */
    synchronized ExecutorsProcess startExecutors() {
        ScaleOptions.Cluster cluster = options.cluster();
        ExecutorsShape shape = new ExecutorsShape(
                controller.address(),
                secret,
                cluster.executors(),
                cluster.cores(),
                cluster.numaNodes(),
                PER_RACK,
                START_MILLIS,
                STOP_MILLIS);
        List<String> java = List.of(
                "-Xmx" + options.executorsHeap(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError");
        ExecutorsProcess started = ExecutorsProcess.start(shape, java, logs.resolve("executors.out"));
        executors = started;
        return started;
    }

    @Override
    public synchronized void close() throws IOException {
        ExecutorsProcess started = executors;
        try {
            if (started != null) {
                started.close();
            }
        } finally {
            controller.kill();
            http.shutdownNow();
        }
    }
}
