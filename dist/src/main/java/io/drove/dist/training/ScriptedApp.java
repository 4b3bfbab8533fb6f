package io.drove.dist.training;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a container seems to run: it answers every request on its host port with OK. */
final class ScriptedApp implements Closeable {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BACKLOG = 16;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    ScriptedApp(int port) throws IOException {
        listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("scripted-app-" + port).start(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                open.add(caller);
                Thread.ofVirtual().start(() -> answer(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket caller) {
        try (caller;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    caller.getOutputStream().write(ANSWER);
                }
            }
        } catch (IOException gone) {
            open.remove(caller);
        }
        open.remove(caller);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket caller : open) {
                caller.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
