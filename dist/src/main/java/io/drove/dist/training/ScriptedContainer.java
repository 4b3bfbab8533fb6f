package io.drove.dist.training;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A container in name: what it was created with, and its app from start to stop. */
final class ScriptedContainer implements Closeable {
    /** As a real one, it does not listen at once. */
    private static final Duration WAKING = Duration.ofMillis(15);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String name;
    private final JsonNode spec;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean isStarted;
    private @Nullable ScriptedApp app;

    ScriptedContainer(String name, JsonNode spec) {
        this.name = name;
        this.spec = spec;
    }

    String name() {
        return name;
    }

    synchronized void start() {
        isStarted = true;
        Thread.ofVirtual().start(this::wake);
    }

    private void wake() {
        try {
            Thread.sleep(WAKING);
            open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException taken) {
            close();
        }
    }

    private synchronized void open() throws IOException {
        JsonNode bindings = spec.path("HostConfig").path("PortBindings");
        if (isRunning() && !bindings.isEmpty()) {
            JsonNode first = bindings.iterator().next();
            app = new ScriptedApp(
                    Integer.parseInt(first.path(0).path("HostPort").asString("0")));
        }
    }

    private boolean isRunning() {
        return isStarted && ended.getCount() > 0;
    }

    /** Ends it; true the first time. */
    synchronized boolean end() {
        boolean wasRunning = isRunning();
        ended.countDown();
        if (app != null) {
            app.close();
            app = null;
        }
        return wasRunning;
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** As the engine lists it. */
    synchronized ObjectNode listed() {
        ObjectNode listed = JSON.createObjectNode().put("Id", name).put("State", status());
        listed.putArray("Names").add("/" + name);
        listed.set("Labels", spec.path("Labels"));
        return listed;
    }

    /** As the engine describes it, without a process. */
    synchronized ObjectNode inspected() {
        ObjectNode inspected = JSON.createObjectNode().put("Id", name);
        inspected
                .putObject("State")
                .put("Running", isRunning())
                .put("Status", status())
                .put("ExitCode", 0)
                .put("Pid", 0);
        return inspected;
    }

    /** The event of its end. */
    ObjectNode died() {
        ObjectNode event = JSON.createObjectNode().put("Type", "container").put("Action", "die");
        ObjectNode attributes = event.putObject("Actor").put("ID", name).putObject("Attributes");
        spec.path("Labels")
                .properties()
                .forEach(
                        label -> attributes.put(label.getKey(), label.getValue().asString("")));
        attributes.put("exitCode", "0");
        return event;
    }

    /** A line of its standard output, in the engine's framing. */
    static byte[] output(String line) {
        byte[] text = (Instant.now() + " " + line + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length)
                .putInt(1 << 24)
                .putInt(text.length)
                .put(text)
                .array();
    }

    private String status() {
        return isRunning() ? "running" : isStarted ? "exited" : "created";
    }

    @Override
    public void close() {
        end();
    }
}
