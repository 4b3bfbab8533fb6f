package io.drove.bench.cluster;

import io.drove.bench.watch.MeasurementFailed;
import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import io.drove.client.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The development cluster of a run: {@code ./drove dev} with a data directory of its own. */
public final class DevCluster {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final Duration STATUS_LIMIT = Duration.ofSeconds(30);

    private final Launcher launcher;
    private final Path dataDirectory;

    public DevCluster(Launcher launcher, Path dataDirectory) {
        this.launcher = launcher;
        this.dataDirectory = dataDirectory;
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** Starts it; returns how long it took until the command said that everything is up. */
    public Duration start() throws InterruptedException {
        return launcher.run(START_LIMIT, "dev", "--detach", "--data-dir", dataDirectory.toString())
                .time();
    }

    /** Whether it runs. */
    public boolean isThere() {
        return Files.exists(dataDirectory.resolve("dev.json"));
    }

    /** Ends it; its containers run on. */
    public void stop() throws InterruptedException {
        launcher.run(STOP_LIMIT, "dev", "stop", "--data-dir", dataDirectory.toString());
    }

    /** Ends it, and its containers. */
    public void stopWithContainers() throws InterruptedException {
        launcher.run(STOP_LIMIT, "dev", "stop", "--cleanup", "--data-dir", dataDirectory.toString());
    }

    /** Starts one of its servers, {@code controller} or {@code executor}, without a supervisor; the cluster must have been stopped. */
    public Process startServer(String name) {
        Path configuration = dataDirectory.resolve(name + ".yml");
        return launcher.start(
                launcher.logs().resolve(name + ".out"), "server", name, "--config", configuration.toString());
    }

    /** How to reach it. */
    public DroveClient client() throws InterruptedException {
        JsonNode status = status();
        return new DroveClient(Connection.to(
                List.of(URI.create(status.path("endpoint").asString(""))),
                new Credentials.Basic(
                        status.path("username").asString(""),
                        status.path("password").asString(""))));
    }

    private JsonNode status() throws InterruptedException {
        String text = launcher.run(STATUS_LIMIT, "dev", "status", "-o", "json", "--data-dir", dataDirectory.toString())
                .output();
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets everything: the next start is a first one. */
    public void erase() {
        try (var files = Files.walk(dataDirectory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new MeasurementFailed("cannot erase " + dataDirectory, e);
        }
    }
}
