package io.drove.executor.container;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP/1.1 connection over a unix socket (RFC 9112, as far as the engine uses it). One call at a time. */
final class EngineConnection implements Closeable {
    private static final int HEAD_BYTES_MAX = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(16 * 1024).limit(0);
    private boolean isReusable = true;

    private EngineConnection(SocketChannel channel) {
        this.channel = channel;
    }

    static EngineConnection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new EngineConnection(channel);
    }

    /** Sends one request. The body's length is told, so that the engine never waits. */
    void send(EngineRequest request) throws IOException {
        StringBuilder head = new StringBuilder(256);
        head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\nHost: engine\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (request.body().length > 0 || !request.method().equals("GET")) {
            head.append("Content-Type: ").append(request.contentType()).append("\r\n");
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        head.append("\r\n");
        byte[] headBytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer output = ByteBuffer.allocate(headBytes.length + request.body().length);
        output.put(headBytes).put(request.body()).flip();
        while (output.hasRemaining()) {
            channel.write(output);
        }
    }

    HttpHead readHead() throws IOException {
        String statusLine = readLine();
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP answer: " + statusLine);
        }
        Map<String, String> headers = new HashMap<>();
        int bytes = 0;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            bytes += line.length();
            if (bytes > HEAD_BYTES_MAX) {
                throw new IOException("an answer with more than " + HEAD_BYTES_MAX + " bytes of headers");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        return new HttpHead(Integer.parseInt(parts[1]), headers);
    }

    /** The body that follows the head; reading it to its end leaves the connection ready for another call. */
    InputStream body(HttpHead head) {
        if (head.isClosing()) {
            isReusable = false;
        }
        String length = head.header("content-length");
        if (head.status() == 204 || head.status() == 304) {
            return InputStream.nullInputStream();
        }
        if (head.isChunked()) {
            return new ChunkedBody();
        }
        if (length != null) {
            return new LengthBody(Long.parseLong(length));
        }
        isReusable = false;
        return new LengthBody(Long.MAX_VALUE);
    }

    boolean isReusable() {
        return isReusable && channel.isOpen() && !input.hasRemaining();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: whatever was to be read has been, or is not wanted.
            isReusable = false;
        }
    }

    private boolean fill() throws IOException {
        input.clear();
        int read = channel.read(input);
        input.flip();
        return read > 0;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (!input.hasRemaining() && !fill()) {
                throw new EOFException("the engine closed the connection");
            }
            char c = (char) (input.get() & 0xff);
            if (c == '\n') {
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
            if (line.length() >= HEAD_BYTES_MAX) {
                throw new IOException("a header line without end");
            }
            line.append(c);
        }
    }

    private int readSome(byte[] target, int offset, int length) throws IOException {
        if (!input.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, input.remaining());
        input.get(target, offset, count);
        return count;
    }

    /** A body of known length, or one that ends with the connection. */
    private final class LengthBody extends InputStream {
        private long left;

        LengthBody(long length) {
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0 || length == 0) {
                return left == 0 ? -1 : 0;
            }
            int count = readSome(target, offset, (int) Math.min(length, left));
            if (count < 0 && isReusable) {
                throw new EOFException("the engine closed the connection within an answer");
            }
            left -= Math.max(count, 0);
            return count;
        }
    }

    /** A body in chunks. */
    private final class ChunkedBody extends InputStream {
        private long left;
        private boolean isFirst = true;
        private boolean isDone;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (isDone || length == 0) {
                return isDone ? -1 : 0;
            }
            if (left == 0 && !nextChunk()) {
                return -1;
            }
            int count = readSome(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the engine closed the connection within an answer");
            }
            left -= count;
            return count;
        }

        private boolean nextChunk() throws IOException {
            if (!isFirst) {
                readLine();
            }
            isFirst = false;
            String size = readLine();
            int extension = size.indexOf(';');
            left = Long.parseLong(
                    extension < 0 ? size.trim() : size.substring(0, extension).trim(), 16);
            if (left > 0) {
                return true;
            }
            boolean isTrailer = true;
            while (isTrailer) {
                isTrailer = !readLine().isEmpty();
            }
            isDone = true;
            return false;
        }
    }
}
