package io.drove.platform.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Channels that were accepted and whose connection has not begun. Helidon shows a channel only here, where its options are set, and never with the
 * connection that it becomes; both know the two addresses.
 */
final class Accepted implements SocketOptions {
    // As many begin within a moment; above it, those that were closed before they began are looked for.
    private static final int USUAL = 256;

    // Else the end of an answer that takes several writes waits until the client has acknowledged what came before,
    // which
    // it puts off for 40 ms.
    private final SocketOptions options =
            SocketOptions.builder().tcpNoDelay(true).build();
    private final Map<Ends, SocketChannel> channels = new ConcurrentHashMap<>();

    /** What tells two connections apart. */
    private record Ends(
            @Nullable SocketAddress local, @Nullable SocketAddress remote) {}

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        if (channels.size() > USUAL) {
            channels.values().removeIf(other -> !other.isOpen());
        }
        try {
            channels.put(new Ends(channel.getLocalAddress(), channel.getRemoteAddress()), channel);
        } catch (IOException e) {
            throw new UncheckedIOException("a connection ended as it was accepted", e);
        }
    }

    /** The channel of a connection that begins. */
    SocketChannel take(ConnectionContext context) {
        Ends ends = new Ends(context.localPeer().address(), context.remotePeer().address());
        SocketChannel channel = channels.remove(ends);
        if (channel == null) {
            throw new IllegalStateException("no channel was accepted for " + ends);
        }
        return channel;
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
