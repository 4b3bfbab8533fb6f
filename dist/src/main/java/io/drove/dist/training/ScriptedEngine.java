package io.drove.dist.training;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Answers the calls of the Docker Engine API that an executor makes. Every image is there, and every call is obeyed at once. */
public final class ScriptedEngine implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CONTAINERS = "/containers/";

    private final ServerSocketChannel listener;
    private final Map<String, ScriptedContainer> containers = new ConcurrentSkipListMap<>();
    private final Set<ScriptedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<ScriptedConnection> watchers = ConcurrentHashMap.newKeySet();

    private ScriptedEngine(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /** Listens on that unix socket, which must not be there yet, until closed. */
    public static ScriptedEngine listen(Path socket) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        ScriptedEngine engine = new ScriptedEngine(listener);
        Thread.ofVirtual().name("scripted-engine").start(engine::accept);
        return engine;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel caller = listener.accept();
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel caller) {
        ScriptedConnection connection = new ScriptedConnection(caller);
        connections.add(connection);
        try (connection) {
            for (ScriptedCall call = connection.read(); call != null; call = connection.read()) {
                obey(call, connection);
            }
        } catch (IOException gone) {
            // Whoever called has heard enough.
            watchers.remove(connection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watchers.remove(connection);
        connections.remove(connection);
    }

    private void obey(ScriptedCall call, ScriptedConnection to) throws IOException, InterruptedException {
        if (call.is("GET", "/version", "")) {
            to.answer(200, "{\"Version\":\"scripted\",\"ApiVersion\":\"1.41\"}");
        } else if (call.is("GET", "/images/", "/json")) {
            to.answer(200, "{}");
        } else if (call.is("GET", "/events", "")) {
            to.beginStream();
            watchers.add(to);
        } else if (call.is("GET", "/containers/json", "")) {
            ArrayNode all = JSON.createArrayNode();
            containers.values().forEach(container -> all.add(container.listed()));
            to.answer(200, all.toString());
        } else if (call.is("POST", "/containers/create", "")) {
            String name = call.query().replaceFirst("^name=", "");
            containers.put(name, new ScriptedContainer(name, JSON.readTree(call.body())));
            to.answer(201, JSON.createObjectNode().put("Id", name).toString());
        } else if (call.is("DELETE", "/images/", "")) {
            to.answer(200, "[]");
        } else {
            String[] words = call.path().split("[/?]", -1);
            obey(call, words.length > 2 ? containers.get(words[2]) : null, to);
        }
    }

    private void obey(ScriptedCall call, @Nullable ScriptedContainer container, ScriptedConnection to)
            throws IOException, InterruptedException {
        if (container == null) {
            to.answer(404, "{\"message\":\"No such container\"}");
        } else if (call.is("POST", CONTAINERS, "/start")) {
            container.start();
            to.answer(204, "");
        } else if (call.is("GET", CONTAINERS, "/json")) {
            to.answer(200, container.inspected().toString());
        } else if (call.is("GET", CONTAINERS, "/logs")) {
            to.beginStream();
            to.piece(ScriptedContainer.output("hello"));
            container.awaitEnd();
            to.endStream();
        } else if (call.is("POST", CONTAINERS, "/stop")) {
            end(container);
            to.answer(204, "");
        } else if (call.is("DELETE", CONTAINERS, "")) {
            end(container);
            containers.remove(container.name());
            to.answer(204, "");
        } else {
            to.answer(501, "{\"message\":\"not in the script\"}");
        }
    }

    private void end(ScriptedContainer container) throws IOException {
        if (container.end()) {
            byte[] event = (container.died() + "\n").getBytes(StandardCharsets.UTF_8);
            for (ScriptedConnection watcher : watchers) {
                watcher.piece(event);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        containers.values().forEach(ScriptedContainer::close);
        for (ScriptedConnection connection : connections) {
            connection.close();
        }
    }
}
