package io.drove.dist.training;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The engine's end of a connection: HTTP/1.1 as far as the executor speaks it. */
final class ScriptedConnection implements Closeable {
    private static final int LINE_MAX = 16 * 1024;
    private static final int BODY_MAX = 1024 * 1024;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    ScriptedConnection(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
        this.out = Channels.newOutputStream(channel);
    }

    /** The next call, or null when there will be none. */
    @Nullable
    ScriptedCall read() throws IOException {
        String[] first = line().split(" ", 3);
        if (first.length < 3) {
            return null;
        }
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String[] parts = header.split(":", 2);
            if (parts[0].toLowerCase(Locale.ROOT).equals("content-length")) {
                length = Math.min(BODY_MAX, Integer.parseInt(parts[1].trim()));
            }
        }
        return new ScriptedCall(first[0], first[1], new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LINE_MAX; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    void answer(int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String length = status == 204 ? "" : "Content-Length: " + bytes.length + "\r\n";
        write("HTTP/1.1 " + status + " Scripted\r\nContent-Type: application/json\r\n" + length + "\r\n", bytes);
    }

    /** Begins an answer whose pieces come as things happen. */
    void beginStream() throws IOException {
        write("HTTP/1.1 200 Scripted\r\nTransfer-Encoding: chunked\r\n\r\n", new byte[0]);
    }

    synchronized void piece(byte[] bytes) throws IOException {
        byte[] chunk = new byte[bytes.length + 2];
        System.arraycopy(bytes, 0, chunk, 0, bytes.length);
        chunk[bytes.length] = '\r';
        chunk[bytes.length + 1] = '\n';
        write(Integer.toHexString(bytes.length) + "\r\n", chunk);
    }

    void endStream() throws IOException {
        piece(new byte[0]);
    }

    private void write(String head, byte[] body) throws IOException {
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        out.write(all);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
