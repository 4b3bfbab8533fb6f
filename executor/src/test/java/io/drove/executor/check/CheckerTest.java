package io.drove.executor.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.drove.core.agent.Outcome;
import io.drove.executor.container.DockerEngine;
import io.drove.executor.container.RegistryCredentials;
import io.drove.model.check.CheckMode;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.container.PortType;
import io.drove.model.instance.PortBinding;
import io.drove.model.time.TimeSpan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hooks over HTTP, asked of a server that is busy with going. */
@SuppressWarnings("NullAway.Init") // the server, by the set-up
class CheckerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    /** What is answered, one after another; 500 when there is none left. */
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            Integer answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 500 : answer, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_hook_is_called_again_until_it_is_answered_well() throws InterruptedException {
        answers.addAll(List.of(500, 503, 200));

        assertThat(hook(Duration.ofMillis(1), LONG)).isEqualTo(new Outcome.Hooked(""));

        assertThat(asked).hasSize(3).containsOnly("POST /drain {\"for\":1}");
    }

    @Test
    void a_hook_that_never_works_is_called_five_times_and_its_last_answer_told() throws InterruptedException {
        answers.addAll(List.of(500, 500, 500, 500, 503));

        assertThat(hook(Duration.ofMillis(1), LONG).note()).contains(": [503]");

        assertThat(asked).hasSize(5);
    }

    @Test
    void no_attempt_begins_that_its_time_does_not_allow() throws InterruptedException {
        assertThat(hook(LONG, LONG).note()).contains(": [500]");

        assertThat(asked).hasSize(1);
    }

    private Outcome.Hooked hook(Duration pause, Duration timeout) throws InterruptedException {
        CheckMode.Http mode = new CheckMode.Http(
                HttpScheme.HTTP,
                "main",
                "/drain",
                HttpVerb.POST,
                new TreeSet<>(List.of(200)),
                "{\"for\":1}",
                TimeSpan.ofSeconds(1),
                false);
        List<PortBinding> ports =
                List.of(new PortBinding("main", 80, server.getAddress().getPort(), PortType.HTTP));
        try (DockerEngine absent =
                new DockerEngine(Path.of("/nowhere/docker.sock"), Duration.ofSeconds(1), RegistryCredentials.NONE)) {
            return new Checker(absent, pause).hook(mode, "c", ports, timeout);
        }
    }
}
