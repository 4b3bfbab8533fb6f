package io.drove.platform.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much room there is for what a client sends, and that nothing of it is lost. */
class InboundTest {
    private static final int BODY_MAX = 16 << 20;
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Pieces pieces = new Pieces();
    private final Overdue overdue = Overdue.watch(LONG);
    private final Semaphore bodyRoom = new Semaphore(BODY_MAX);
    private final Inbound inbound = new Inbound(
            new Socket() {
                @Override
                public InputStream getInputStream() {
                    return pieces;
                }

                @Override
                public void setSoTimeout(int timeout) {}
            },
            new Terms(new Patience(LONG, LONG, LONG), new BodyLimits(BODY_MAX, Map.of(), BODY_MAX), bodyRoom, overdue),
            () -> false);

    @AfterEach
    void stop() {
        overdue.close();
    }

    @Test
    void who_says_little_has_the_smallest_room() {
        inbound.framesFollow();
        pieces.come(10);
        pieces.come(511);
        pieces.come(1);

        read(522);

        assertThat(pieces.rooms).containsExactly(512, 512, 512);
    }

    @Test
    void room_grows_while_it_is_filled() {
        inbound.framesFollow();
        pieces.come(100_000);
        pieces.come(1);

        read(100_001);

        assertThat(pieces.rooms).containsExactly(512, 2_048, 8_192, 32_768, 32_768, 32_768, 512);
    }

    @Test
    void nobody_waits_with_much_room() {
        inbound.framesFollow();
        pieces.come(512 + 2_048);
        pieces.come(600);

        read(512 + 2_048 + 600);

        assertThat(pieces.rooms).containsExactly(512, 2_048, 512, 2_048);
    }

    @Test
    void a_head_is_read_in_smaller_pieces_than_its_body() {
        pieces.come(200_000);

        read(512 + 2_048 + 3 * 4_096);
        assertThat(pieces.rooms).containsExactly(512, 2_048, 4_096, 4_096, 4_096);
        inbound.headFollows("/echo");
        inbound.bodyFollows();
        pieces.rooms.clear();
        read(16_384 + 2 * 32_768);

        assertThat(pieces.rooms).containsExactly(16_384, 32_768, 32_768);
    }

    @Test
    void whatever_comes_is_read_whole_and_in_order() {
        Random random = new Random(3);
        inbound.framesFollow();
        for (int i = 0; i < 500; i++) {
            pieces.come(1 + random.nextInt(1 << random.nextInt(18)));
        }

        assertThat(read(pieces.sent.size())).isEqualTo(pieces.sent.toByteArray());
        assertThat(inbound.get()).isNull();
    }

    @Test
    void of_a_body_the_bytes_that_came_are_counted_and_not_the_room_for_them() {
        inbound.headFollows("/echo");
        inbound.bodyFollows();
        pieces.come(512);
        pieces.come(3);

        read(515);

        assertThat(bodyRoom.availablePermits()).isEqualTo(BODY_MAX - 515);
        inbound.bodyIsOver();
        assertThat(bodyRoom.availablePermits()).isEqualTo(BODY_MAX);
    }

    /** That many bytes, in the portions in which they are given. */
    private byte[] read(int bytes) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (read.size() < bytes) {
            byte[] portion = requireNonNull(inbound.get());
            assertThat(portion).isNotEmpty();
            read.writeBytes(portion);
        }
        assertThat(read.size()).isEqualTo(bytes);
        return read.toByteArray();
    }

    /** What a client sends: the next piece comes when somebody waits for it, and then the end. */
    private static final class Pieces extends InputStream {
        /** For how many bytes there was room at each read. */
        final List<Integer> rooms = new ArrayList<>();

        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final Random random = new Random(2);
        private final Queue<byte[]> coming = new ArrayDeque<>();
        private byte[] here = {};

        void come(int bytes) {
            byte[] piece = new byte[bytes];
            random.nextBytes(piece);
            sent.writeBytes(piece);
            coming.add(piece);
        }

        @Override
        public int available() {
            return here.length;
        }

        @Override
        public int read(byte[] into, int from, int room) {
            rooms.add(room);
            if (here.length == 0) {
                if (coming.isEmpty()) {
                    return -1;
                }
                here = coming.remove();
            }
            int read = Math.min(room, here.length);
            System.arraycopy(here, 0, into, from, read);
            here = Arrays.copyOfRange(here, read, here.length);
            return read;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("nobody reads single bytes");
        }
    }
}
