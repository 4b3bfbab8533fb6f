package io.drove.platform.http;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. It ends so that the last answer arrives: a socket that is closed while bytes of the client lie unread resets the
 * connection, and the client, which may still be sending a body that was refused, loses what it was told. So the server first says that it has no
 * more to say, then takes what still comes and drops it, for a while, and closes only then (RFC 9112, 9.6). None of it is read as a request.
 */
final class Connection implements ServerConnection {
    // Twice the largest body that any endpoint takes.
    private static final int LEFTOVER_BYTES_MAX = 32 << 20;
    private static final Duration LEFTOVER_TIMEOUT = Duration.ofSeconds(10);
    // A client that neither sends nor closes has read what it was told, or never will.
    private static final Duration LEFTOVER_SILENCE = Duration.ofSeconds(2);

    // The time for the other side's goodbye.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Inbound inbound;
    private final Outbound outbound;
    private final Http1Connection http;
    private final SocketChannel channel;
    private final CountDownLatch ending = new CountDownLatch(1);
    private @Nullable Conversation conversation;

    Connection(Http1ConnectionSelector selector, ConnectionContext context, SocketChannel channel, Terms terms) {
        this.channel = channel;
        this.inbound = new Inbound(channel.socket(), terms, this::isFirstLineAwaited);
        // Nothing was read before: this selector is the only one, so there was nothing to find out.
        this.outbound = new Outbound(channel, terms.overdue());
        this.http = (Http1Connection)
                selector.connection(new TimedContext(context, this, new ForgetfulReader(inbound), outbound));
    }

    Inbound inbound() {
        return inbound;
    }

    /** The connection is a WebSocket from now on. */
    void converse(Conversation with) {
        conversation = with;
        inbound.framesFollow();
    }

    /** Helidon lets itself be interrupted while it waits for a request, or as a WebSocket. */
    private boolean isFirstLineAwaited() {
        return http.canInterrupt();
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        Throwable why = new CloseConnectionException("closed by this server");
        try {
            http.handle(limit);
        } catch (RuntimeException | InterruptedException e) {
            why = e;
            throw e;
        } finally {
            inbound.bodyIsOver();
            ending.countDown();
            end(why);
        }
    }

    private void end(Throwable why) {
        try {
            if (conversation != null) {
                conversation.ended(why);
            }
        } finally {
            sayLast();
        }
    }

    private void sayLast() {
        try {
            channel.shutdownOutput();
            drain();
        } catch (IOException gone) {
            // The client is gone, or silent, or the server stops: nobody is left who would read the answer.
        }
    }

    private void drain() throws IOException {
        byte[] dropped = new byte[8_192];
        long deadline = System.nanoTime() + LEFTOVER_TIMEOUT.toNanos();
        long bytes = 0;
        int read = 0;
        while (read >= 0 && bytes <= LEFTOVER_BYTES_MAX) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            read = inbound.read(dropped, left.compareTo(LEFTOVER_SILENCE) < 0 ? left : LEFTOVER_SILENCE);
            bytes += read;
        }
    }

    /** Ends the connection within a moment, also when the client does nothing to it. */
    void endSoon() {
        Thread.ofVirtual().name("hang-up").start(() -> {
            try {
                if (!ending.await(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                    outbound.cut();
                }
            } catch (InterruptedException e) {
                outbound.cut();
            }
        });
    }

    @Override
    public Duration idleTime() {
        return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
        if (ending.getCount() == 0) {
            outbound.cut();
        }
    }
}
