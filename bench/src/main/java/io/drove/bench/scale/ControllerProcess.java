package io.drove.bench.scale;

import io.drove.bench.cluster.Launcher;
import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.platform.security.OwnerOnlyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real controller, {@code drove server controller}, with a data directory of its own and loopback ports that it keeps over restarts. */
final class ControllerProcess {
    private static final Duration SERVE_LIMIT = Duration.ofMinutes(5);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);
    // Below the kernel's ephemeral ports, which thousands of connections take from.
    private static final int FIRST_PORT = 21_400;
    private static final int LAST_PORT = 32_000;

    private final Launcher launcher;
    private final Path file;
    private final HttpClient client;
    private final int api;
    private final int admin;
    private @Nullable Process process;
    private int starts;

    ControllerProcess(Launcher launcher, Path directory, String secret, HttpClient client) throws IOException {
        this.launcher = launcher;
        this.client = client;
        List<Integer> ports = freePorts(3);
        this.api = ports.get(0);
        this.admin = ports.get(1);
        Path data = Files.createDirectories(directory.resolve("controller"));
        this.file = directory.resolve("controller.yml");
        OwnerOnlyFile.write(file, """
                dataDirectory: %s
                server: {host: 127.0.0.1, port: %d}
                admin: {host: 127.0.0.1, port: %d}
                raft: {port: %d}
                clusterAuth: {secret: %s}
                """.formatted(data, api, admin, ports.get(2), secret));
    }

    private static List<Integer> freePorts(int count) {
        List<Integer> free = new ArrayList<>();
        for (int port = FIRST_PORT; port < LAST_PORT && free.size() < count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                free.add(socket.getLocalPort());
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        if (free.size() < count) {
            throw new MeasurementFailed("no " + count + " free ports from " + FIRST_PORT + " to " + LAST_PORT);
        }
        return free;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + api);
    }

    AdminPage admin() {
        return new AdminPage(client, admin);
    }

    /** Starts it, and waits until it leads and serves; returns how long that took. */
    Duration start() throws InterruptedException {
        long began = System.nanoTime();
        starts++;
        Process started = launcher.start(
                launcher.logs().resolve("controller-" + starts + ".out"),
                "server",
                "controller",
                "--config",
                file.toString());
        process = started;
        HttpRequest ping = HttpRequest.newBuilder(address().resolve("/apis/v1/ping"))
                .timeout(PING_TIMEOUT)
                .build();
        while (!isServing(ping)) {
            if (!started.isAlive()) {
                throw new MeasurementFailed("the controller ended with " + started.exitValue() + ", see "
                        + launcher.logs() + "; --keep keeps it");
            }
            if (Await.since(began).compareTo(SERVE_LIMIT) > 0) {
                throw new MeasurementFailed("the controller does not serve within " + SERVE_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(Await.COARSE);
        }
        return Await.since(began);
    }

    private boolean isServing(HttpRequest ping) throws InterruptedException {
        try {
            return client.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    long pid() {
        Process running = process;
        if (running == null) {
            throw new MeasurementFailed("the controller was not started");
        }
        return running.pid();
    }

    /** What a power cut does to a process. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }
}
