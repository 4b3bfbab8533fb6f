package io.drove.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How WebSockets end when the other side does not do its part. */
@Timeout(60)
class ConversationTest {
    private static final int DEADLINE_MILLIS = 30_000;
    private static final String UPGRADE = String.join(
                    "\r\n",
                    "GET /talk HTTP/1.1",
                    "Host: x",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13")
            + "\r\n\r\n";

    private final BlockingQueue<WsSession> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private HttpServer server = HttpServer.builder("unused").start();

    @BeforeEach
    void start() {
        start(Duration.ofMinutes(10));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_listener_hears_at_once_of_a_connection_that_breaks() throws Exception {
        Socket client = upgraded();

        client.close();

        assertThat(told.poll(20, TimeUnit.SECONDS)).startsWith("error");
        assertThat(told).isEmpty();
    }

    @Test
    void a_listener_hears_of_a_clients_goodbye_only_once() throws Exception {
        try (Socket client = upgraded()) {
            // A masked close frame, with 1000 and without a reason.
            client.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8});

            assertThat(told.poll(20, TimeUnit.SECONDS)).startsWith("closed 1000");
            client.getInputStream().readAllBytes();
        }
        server.close();
        assertThat(told).isEmpty();
    }

    @Test
    void a_frame_with_a_reserved_opcode_ends_the_session_with_1002() throws Exception {
        try (Socket client = upgraded()) {
            // Masked, as it has to be, and empty.
            client.getOutputStream().write(new byte[] {(byte) 0x8f, (byte) 0x80, 0, 0, 0, 0});

            byte[] last = client.getInputStream().readAllBytes();

            assertThat(last).startsWith(0x88);
            assertThat(Arrays.copyOfRange(last, 2, 4)).containsExactly(1002 >> 8, 1002 & 0xff);
            assertThat(new String(last, StandardCharsets.US_ASCII)).endsWith("reserved opcode");
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("error a frame with a reserved opcode");
        }
    }

    @Test
    void a_client_that_does_not_answer_a_close_is_hung_up_on() throws Exception {
        try (Socket client = upgraded()) {
            sessions.take().close(1000, "enough");

            byte[] last = client.getInputStream().readAllBytes();

            assertThat(new String(last, StandardCharsets.UTF_8)).endsWith("enough");
            assertThat(told.poll(20, TimeUnit.SECONDS)).startsWith("error");
        }
    }

    @Test
    void a_client_without_a_frame_is_hung_up_on_after_the_read_timeout() throws Exception {
        server.close();
        start(Duration.ofMillis(300));

        try (Socket client = upgraded()) {
            assertThat(client.getInputStream().readAllBytes()).isEmpty();
            assertThat(told.poll(20, TimeUnit.SECONDS)).contains("no frame came");
        }
    }

    @Test
    void a_conversation_goes_on_for_longer_than_a_request_may_take() throws Exception {
        server.close();
        start(Duration.ofMinutes(10), Duration.ofMillis(200));

        try (Socket client = upgraded()) {
            client.setSoTimeout(700);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(told).isEmpty();
        }
    }

    private void start(Duration readTimeout) {
        start(readTimeout, Duration.ofMinutes(1));
    }

    private void start(Duration readTimeout, Duration requestTimeout) {
        server.close();
        server = HttpServer.builder("test")
                .readTimeout(readTimeout)
                .requestTimeout(requestTimeout)
                .webSocket("/talk", Listener::new)
                .start();
    }

    @Test
    void a_large_message_goes_in_pieces_and_arrives_whole() throws IOException, InterruptedException {
        byte[] message = new byte[100_000];
        new Random(1).nextBytes(message);
        try (Socket socket = upgraded()) {
            sessions.take().send(BufferData.create(message), true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            int pieces = 0;
            boolean isLast = false;
            while (!isLast) {
                int head = in.readUnsignedByte();
                assertThat(head & 0x0f).as("kind of piece %d", pieces).isEqualTo(pieces == 0 ? 2 : 0);
                isLast = (head & 0x80) != 0;
                int length = in.readUnsignedByte();
                assertThat(length).as("length of piece %d", pieces).isEqualTo(126);
                heard.write(in.readNBytes(in.readUnsignedShort()));
                pieces++;
            }

            assertThat(heard.toByteArray()).isEqualTo(message);
            assertThat(pieces).isEqualTo(25);
        }
    }

    private Socket upgraded() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after " + answer).isNotNegative();
            answer.append((char) next);
        }
        assertThat(answer).startsWith("HTTP/1.1 101");
        return socket;
    }

    private final class Listener implements WsListener {
        @Override
        public void onOpen(WsSession session) {
            sessions.add(session);
        }

        @Override
        public void onClose(WsSession session, int status, String reason) {
            told.add("closed " + status);
        }

        @Override
        public void onError(WsSession session, Throwable failure) {
            told.add("error " + failure.getMessage());
        }
    }
}
