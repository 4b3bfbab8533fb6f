package io.drove.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is sent to a client, with a deadline: who takes less than {@value #SHARE} bytes of it, and not the rest, within the write timeout is hung up on.
 * Used by one thread at a time, as Helidon's own. A write that fails throws {@link UncheckedIOException}.
 */
final class Outbound implements DataWriter {
    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);
    /** More than any client on a line worth the name takes in 30 s, so that one that drips does not hold an answer for hours. */
    static final int SHARE = 256 << 10;

    private static final int PIECE = 16 << 10;
    private static final int PIECES_MAX = 16;
    /** Outside the heap, so that the JDK need not copy what is written; those who find none make one on the heap. */
    private static final BlockingQueue<ByteBuffer> PIECES = new ArrayBlockingQueue<>(
            PIECES_MAX,
            false,
            Stream.generate(() -> ByteBuffer.allocateDirect(PIECE))
                    .limit(PIECES_MAX)
                    .toList());

    private final SocketChannel channel;
    private final Overdue overdue;
    private volatile long deadline;

    Outbound(SocketChannel channel, Overdue overdue) {
        this.channel = channel;
        this.overdue = overdue;
    }

    @Override
    public void write(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            writeNow(buffer);
        }
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        write(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
        LargeAnswers.rendered(buffer.available());
        renew();
        overdue.begins(this);
        try {
            send(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException("the client is gone, or takes nothing", e);
        } finally {
            overdue.ends(this);
        }
    }

    private void send(BufferData buffer) throws IOException {
        ByteBuffer shared = PIECES.poll();
        try {
            send(buffer, shared == null ? ByteBuffer.allocate(Math.min(PIECE, buffer.available())) : shared);
        } finally {
            if (shared != null) {
                PIECES.add(shared);
            }
        }
    }

    private void send(BufferData buffer, ByteBuffer piece) throws IOException {
        int share = 0;
        while (!buffer.consumed()) {
            piece.clear();
            buffer.writeTo(piece, piece.capacity());
            piece.flip();
            while (piece.hasRemaining()) {
                share += channel.write(piece);
            }
            if (share >= SHARE) {
                renew();
                share = 0;
            }
        }
    }

    private void renew() {
        deadline = System.nanoTime() + overdue.timeout().toNanos();
    }

    /** Called by another thread while this one writes. The connection is reset, since what lies in the kernel's buffers would be kept for minutes. */
    void cutIfOverdue(long now) {
        if (now - deadline < 0) {
            return;
        }
        try {
            LOG.debug("a client does not take its answer client={}", channel.getRemoteAddress());
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closed) {
            LOG.debug("a connection ended as it was to be cut", closed);
        } finally {
            cut();
        }
    }

    /** Ends the connection at once, both ways. */
    void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }
}
