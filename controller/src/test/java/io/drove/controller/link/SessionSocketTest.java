package io.drove.controller.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.controller.loop.LoopFixture;
import io.drove.model.session.SessionProtocol;
import io.drove.model.wire.SessionCodec;
import io.drove.platform.http.HttpServer;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors' connections whose other end does nothing. */
@Timeout(60)
class SessionSocketTest {
    private static final String SECRET = "cluster-secret-of-a-test";

    private final LoopFixture given = new LoopFixture(true);
    private final Sessions sessions = new Sessions(
            given.loop, new InstanceTokens(new Secret("instance-secret")), given.clock, SessionLimits.DEFAULT);
    private final HttpServer server = HttpServer.builder("test")
            .webSocket(
                    SessionProtocol.PATH,
                    () -> new SessionSocket(sessions, new SessionCodec(), new ClusterSecret(new Secret(SECRET))))
            .start();

    @BeforeEach
    void lead() {
        given.with(sessions, sessions).serving(5);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void who_connects_and_never_says_hello_is_hung_up_on_though_it_does_not_answer_the_close() throws IOException {
        try (Socket silent = connect()) {
            String heard = hearWhileTimePasses(silent, new byte[0]);

            assertThat(heard).startsWith("HTTP/1.1 101").endsWith("silent for 7 s");
        }
    }

    @Test
    void who_sends_a_hello_that_never_ends_is_hung_up_on() throws IOException {
        // A text frame of 100 bytes, masked with zeros, of which one byte comes now and then.
        byte[] begin = {(byte) 0x81, (byte) (0x80 | 100), 0, 0, 0, 0};

        try (Socket dripping = connect()) {
            dripping.getOutputStream().write(begin);
            String heard = hearWhileTimePasses(dripping, new byte[] {'{'});

            assertThat(heard).contains("silent for 7 s");
        }
    }

    @Test
    void nobody_is_let_in_while_this_controller_does_not_lead() throws IOException {
        given.journal.following();
        given.loop.step();

        try (Socket early = connect()) {
            assertThat(hearWhileTimePasses(early, new byte[0])).startsWith("HTTP/1.1 503");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        String request = String.join(
                "\r\n",
                "GET " + SessionProtocol.PATH + " HTTP/1.1",
                "Host: x",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                ClusterSecret.HEADER + ": " + SECRET);
        socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Everything that is said until the connection ends; the sessions' time passes as fast as nothing is said. */
    private String hearWhileTimePasses(Socket socket, byte[] drop) throws IOException {
        socket.setSoTimeout(20);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        while (true) {
            try {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return heard.toString(StandardCharsets.UTF_8);
                }
                heard.write(next);
            } catch (SocketTimeoutException nothing) {
                given.clock.advance(Duration.ofMillis(500));
                sessions.tick();
                if (!isSaid(socket, drop)) {
                    return heard.toString(StandardCharsets.UTF_8);
                }
            } catch (SocketException cut) {
                // Who is cut off while it sends hears a reset.
                return heard.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private static boolean isSaid(Socket socket, byte[] words) {
        try {
            socket.getOutputStream().write(words);
            return true;
        } catch (IOException cut) {
            return false;
        }
    }
}
