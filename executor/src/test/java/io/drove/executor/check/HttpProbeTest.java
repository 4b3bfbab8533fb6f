package io.drove.executor.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.drove.core.agent.Outcome;
import io.drove.model.check.CheckMode;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.container.PortType;
import io.drove.model.instance.PortBinding;
import io.drove.model.time.TimeSpan;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpProbeTest {
    private final HttpProbe probe = new HttpProbe();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ok", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/sick", exchange -> {
            byte[] body = ("broken " + "x".repeat(20_000)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("Location", "/ok");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Outcome ask(String path, int port) throws InterruptedException {
        return ask(path, port, Duration.ofSeconds(20));
    }

    private Outcome ask(String path, int port, Duration timeout) throws InterruptedException {
        CheckMode.Http check = new CheckMode.Http(
                HttpScheme.HTTP,
                "main",
                path,
                HttpVerb.GET,
                new TreeSet<>(List.of(200)),
                "",
                TimeSpan.ofSeconds(1),
                false);
        return probe.ask(check, List.of(new PortBinding("main", 80, port, PortType.HTTP)), timeout);
    }

    @Test
    void no_path_leads_away_from_the_instance_s_own_port() throws InterruptedException {
        int port = server.getAddress().getPort();

        for (String path : List.of("@127.0.0.2:1/ok", ".evil.example/ok", ":1/ok")) {
            assertThat(ask(path, port))
                    .as(path)
                    .isInstanceOfSatisfying(
                            Outcome.Unhealthy.class,
                            bad -> assertThat(bad.message()).contains(": [404]"));
        }
        assertThat(ask("//127.0.0.2:1/ok", port)).isNotInstanceOf(Outcome.Unreachable.class);
        assertThat(ask("/a b", port)).isInstanceOf(Outcome.Unhealthy.class);
    }

    @Test
    void good_answer_passes_and_a_bad_one_is_quoted_up_to_a_limit() throws InterruptedException {
        int port = server.getAddress().getPort();

        assertThat(ask("/ok", port)).isEqualTo(new Outcome.Passed());
        assertThat(ask("/sick", port))
                .isInstanceOfSatisfying(
                        Outcome.Unhealthy.class,
                        bad -> assertThat(bad.message())
                                .startsWith("Response from HTTP://LOCALHOST:" + port + "/SICK: [503] broken x")
                                .hasSizeLessThan(8_300));
    }

    @Test
    void redirects_are_not_followed() throws InterruptedException {
        assertThat(ask("/away", server.getAddress().getPort())).isInstanceOf(Outcome.Unhealthy.class);
    }

    @Test
    void nobody_listening_is_told_apart() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(ask("/ok", port)).isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void connection_closed_without_a_word_counts_as_nobody_listening() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        silent.accept().close();
                    }
                } catch (IOException closedAtTheEnd) {
                    return;
                }
            });
            assertThat(ask("/ok", silent.getLocalPort())).isInstanceOf(Outcome.Unreachable.class);
        }
    }

    @Test
    void no_answer_in_time_is_unhealthy() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try (Socket held = mute.accept()) {
                    held.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException closedAtTheEnd) {
                    return;
                }
            });
            assertThat(ask("/ok", mute.getLocalPort(), Duration.ofMillis(300))).isInstanceOf(Outcome.Unhealthy.class);
        }
    }

    @Test
    void unknown_port_name_is_unhealthy() throws InterruptedException {
        CheckMode.Http check = new CheckMode.Http(
                HttpScheme.HTTP,
                "none",
                "/",
                HttpVerb.GET,
                new TreeSet<>(List.of(200)),
                "",
                TimeSpan.ofSeconds(1),
                false);
        assertThat(probe.ask(check, List.of(), Duration.ofMillis(500))).isInstanceOf(Outcome.Unhealthy.class);
    }
}
