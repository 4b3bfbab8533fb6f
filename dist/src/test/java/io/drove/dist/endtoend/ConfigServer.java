package io.drove.dist.endtoend;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** A server of config files: some good, the others bad in one way each. */
final class ConfigServer implements AutoCloseable {
    static final String USERNAME = "config-reader";
    static final String PASSWORD = "of-the-configs";

    private static final int LARGE = (1 << 20) + 1;
    private static final int SILENT_AT_ONCE = 200;

    private final HttpServer server;
    /** Accepts connections, as the kernel does by itself, and never says a word. */
    private final ServerSocket silent;

    ConfigServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        silent = new ServerSocket(0, SILENT_AT_ONCE, InetAddress.getLoopbackAddress());
        serve("/open", "open to all".getBytes(StandardCharsets.UTF_8));
        serve("/large", new byte[LARGE]);
        serve("/guarded", "for readers".getBytes(StandardCharsets.UTF_8));
        server.createContext("/sick", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
    }

    private void serve(String path, byte[] content) {
        var context = server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            // Who has enough hangs up.
            try (var out = exchange.getResponseBody()) {
                out.write(content);
            }
        });
        if (path.equals("/guarded")) {
            context.setAuthenticator(new BasicAuthenticator("configs") {
                @Override
                public boolean checkCredentials(String username, String password) {
                    return username.equals(USERNAME) && password.equals(PASSWORD);
                }
            });
        }
    }

    /** A call to this server for a spec. */
    ObjectNode call(String path) {
        return call(server.getAddress().getPort(), path);
    }

    /** A call that is never answered. */
    ObjectNode silentCall() {
        return call(silent.getLocalPort(), "/");
    }

    private static ObjectNode call(int port, String path) {
        return DevClusterFixture.JSON
                .createObjectNode()
                .put("protocol", "HTTP")
                .put("hostname", "127.0.0.1")
                .put("port", port)
                .put("path", path);
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        silent.close();
    }
}
