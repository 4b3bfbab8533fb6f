package io.drove.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A socket through which the engine can be reached, and which tells the first line of each request before the engine hears it. */
final class TappedSocket implements AutoCloseable {
    private final Path socket;
    private final Path engine;
    private final Consumer<String> onRequest;
    private final ServerSocketChannel server;

    TappedSocket(Path socket, Path engine, Consumer<String> onRequest) throws IOException {
        this.socket = socket;
        this.engine = engine;
        this.onRequest = onRequest;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    Path path() {
        return socket;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                SocketChannel there = SocketChannel.open(UnixDomainSocketAddress.of(engine));
                Thread.ofPlatform().daemon().start(() -> pass(client, there, onRequest));
                Thread.ofPlatform().daemon().start(() -> pass(there, client, answer -> {}));
            }
        } catch (IOException closedAtTheEnd) {
            return;
        }
    }

    private static void pass(SocketChannel from, SocketChannel to, Consumer<String> onPiece) {
        ByteBuffer piece = ByteBuffer.allocate(1 << 16);
        try (from;
                to) {
            while (from.read(piece) >= 0) {
                piece.flip();
                String text =
                        StandardCharsets.ISO_8859_1.decode(piece.duplicate()).toString();
                onPiece.accept(text.lines().findFirst().orElse(""));
                while (piece.hasRemaining()) {
                    to.write(piece);
                }
                piece.clear();
            }
        } catch (IOException closedByOneOfThem) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
