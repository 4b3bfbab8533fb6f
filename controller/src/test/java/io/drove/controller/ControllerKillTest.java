package io.drove.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed. */
@Tag("long")
@Timeout(300)
class ControllerKillTest {
    private static final int ROUNDS = 20;
    private static final int LONGEST_LIFE = 10;
    private static final String CREATE = """
            {"type":"CREATE","spec":{"name":"APP","version":"1","type":"SERVICE",
             "executable":{"type":"DOCKER","url":"hello:1","dockerPullTimeout":"10 seconds"},
             "exposedPorts":[{"name":"main","port":8080,"type":"HTTP"}],"volumes":[],"configs":[],
             "resources":[{"type":"CPU","count":1},{"type":"MEMORY","sizeInMB":128}],
             "placementPolicy":{"type":"ANY"},"healthcheck":CHECK,"readiness":CHECK,"tags":{},"env":{}},
             "instances":0,"opSpec":{"timeout":"60 seconds","parallelism":1,"failureStrategy":"STOP"}}
            """;
    private static final String CHECK = """
            {"mode":{"type":"HTTP","protocol":"HTTP","portName":"main","path":"/","verb":"GET","successCodes":[200],
             "payload":"","connectionTimeout":"1 second"},
             "timeout":"1 second","interval":"1 second","attempts":3,"initialDelay":"0 seconds"}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int raft = FreePorts.next();
    private final Random random = new Random(7);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private record Running(Process process, URI api, long startMillis) {}

    @Test
    void what_was_acknowledged_survives_a_kill_at_any_moment() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        List<Long> starts = new ArrayList<>();

        for (int round = 0; round < ROUNDS; round++) {
            Running controller = start();
            starts.add(controller.startMillis());
            createUntilItDies(controller, round, acknowledged);
            controller.process().waitFor();
        }
        Running last = start();
        try {
            String apps = http.send(
                            HttpRequest.newBuilder(last.api().resolve("/apis/v1/applications"))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();

            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS);
            assertThat(acknowledged).allSatisfy(app -> assertThat(apps).contains("\"" + app + "-1\""));
        } finally {
            last.process().destroyForcibly().waitFor();
        }
        System.out.println("acknowledged " + acknowledged.size() + ", starts in ms " + starts);
    }

    private void createUntilItDies(Running controller, int round, List<String> acknowledged)
            throws InterruptedException {
        int killed = 1 + random.nextInt(LONGEST_LIFE);
        for (int i = 0; ; i++) {
            if (i == killed) {
                // While the next operation, or one of those after it, is on its way.
                CompletableFuture.delayedExecutor(random.nextInt(5_000), TimeUnit.MICROSECONDS)
                        .execute(controller.process()::destroyForcibly);
            }
            String app = "app-" + round + "-" + i;
            HttpRequest create = HttpRequest.newBuilder(controller.api().resolve("/apis/v1/applications/operations"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            CREATE.replace("APP", app).replace("CHECK", CHECK)))
                    .build();
            try {
                HttpResponse<String> answer = http.send(create, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body()).contains("SUCCESS");
                acknowledged.add(app);
            } catch (IOException dead) {
                return;
            }
        }
    }

    private Running start() throws IOException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ControllerProcess.class.getName(),
                        directory.resolve("data").toString(),
                        String.valueOf(raft))
                .redirectError(directory.resolve("controller.log").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("serving ")) {
                URI api = URI.create("http://127.0.0.1:" + line.substring("serving ".length()));
                return new Running(process, api, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            }
        }
        throw new IOException("the controller ended before it served; see " + directory.resolve("controller.log"));
    }
}
