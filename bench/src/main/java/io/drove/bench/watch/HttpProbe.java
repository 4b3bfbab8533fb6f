package io.drove.bench.watch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a port of this machine for a page, at the price of one connection: the same cheap look for everybody who is measured. */
public final class HttpProbe {
    private static final int TIMEOUT_MILLIS = 250;
    private static final byte[] REQUEST =
            "GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_END = "HTTP/1.0 200".length();

    private HttpProbe() {}

    /** Whether the workload on that host port answers its health page with 200 now. */
    public static boolean answers(int hostPort) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hostPort), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            String status = new String(in.readNBytes(STATUS_END), StandardCharsets.US_ASCII);
            return status.startsWith("HTTP/1.") && status.endsWith(" 200");
        } catch (IOException notYet) {
            return false;
        }
    }
}
