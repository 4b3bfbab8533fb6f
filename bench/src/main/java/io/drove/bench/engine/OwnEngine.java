package io.drove.bench.engine;

import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container engine for one run, in a network namespace and a session of its own, so that neither Ctrl-C nor the machine's other engine
 * meets it. Closing it ends whatever still runs in that namespace: everything there was started by the run.
 */
public final class OwnEngine implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration TOOL_LIMIT = Duration.ofSeconds(30);
    private static final Path ROOT_GROUP = Path.of("/sys/fs/cgroup");

    private final String network = "drove-bench-" + ProcessHandle.current().pid();
    private final Path directory;
    // Guarded by this.
    private boolean hasNetwork;
    private @Nullable Process daemon;
    private boolean isClosed;

    /** An engine that is to keep everything below a directory, whose name must be short, since sockets live in it. Nothing is started yet. */
    public OwnEngine(Path directory) {
        this.directory = directory;
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @throws MeasurementFailed when the machine does not allow that; says why
     */
    public void start() throws InterruptedException {
        if (!Files.isDirectory(ROOT_GROUP) || !"root".equals(System.getProperty("user.name"))) {
            throw new MeasurementFailed("the benchmark starts a container engine of its own: that needs root on Linux");
        }
        awaitUp(launch());
    }

    /** Not while it is being closed, or what was made last would stay. */
    private synchronized Process launch() throws InterruptedException {
        if (isClosed) {
            throw new MeasurementFailed("interrupted before the benchmark's own engine was started");
        }
        run("ip", "netns", "add", network);
        hasNetwork = true;
        run("ip", "-n", network, "link", "set", "lo", "up");
        Process started = daemon();
        daemon = started;
        return started;
    }

    private Process daemon() {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(inside());
        // Namespaces of its own also where a containerd of the machine serves several engines.
        command.addAll(List.of(
                "dockerd",
                "--data-root=" + directory.resolve("data"),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("pid"),
                "--host=unix://" + socket(),
                "--config-file=" + directory.resolve("daemon.json"),
                "--containerd-namespace=" + network,
                "--containerd-plugins-namespace=" + network + "-plugins"));
        try {
            Files.writeString(directory.resolve("daemon.json"), "{}\n");
            return new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
        } catch (IOException e) {
            throw new MeasurementFailed(
                    "cannot start dockerd; it must be installed (Debian: apt-get install docker.io)", e);
        }
    }

    private void awaitUp(Process daemon) throws InterruptedException {
        EngineCalls calls = calls();
        Await.until("the benchmark's own engine answers; its log is " + log(), START_LIMIT, Await.COARSE, () -> {
            if (!daemon.isAlive()) {
                throw new MeasurementFailed("the benchmark's own engine ended:\n" + endOf(log()));
            }
            return calls.isUp();
        });
    }

    public EngineCalls calls() {
        return new EngineCalls(socket());
    }

    public Path socket() {
        return directory.resolve("docker.sock");
    }

    private Path log() {
        return directory.resolve("dockerd.log");
    }

    /** The words to put before a command that is to run in this engine's network. */
    public List<String> inside() {
        return List.of("nsenter", "--net=/run/netns/" + network, "--");
    }

    /** Ends the engine with its containers and all else in its network, and removes the network. Safe to call at any time, and twice. */
    @Override
    public synchronized void close() {
        boolean isOver = isClosed || !hasNetwork;
        isClosed = true;
        if (isOver) {
            return;
        }
        try {
            if (daemon != null) {
                // First, and alone: it ends its containers itself, and needs its own helpers for that.
                daemon.destroy();
                daemon.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            // Everything in the namespace was started by this run, however far it has run away since.
            end(ProcessHandle::destroy);
            end(ProcessHandle::destroyForcibly);
            run("ip", "netns", "del", network);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Consumer<ProcessHandle> way) throws InterruptedException {
        List<ProcessHandle> left = processes(network);
        left.forEach(way);
        awaitEnd(left);
    }

    private static List<ProcessHandle> processes(String network) throws InterruptedException {
        return run("ip", "netns", "pids", network)
                .lines()
                .map(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
        long end = System.nanoTime() + STOP_LIMIT.toNanos();
        for (ProcessHandle process : processes) {
            while (process.isAlive() && System.nanoTime() < end) {
                Thread.sleep(Await.COARSE);
            }
        }
    }

    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TOOL_LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new MeasurementFailed(String.join(" ", command) + " failed: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new MeasurementFailed("cannot run " + command[0] + " (Debian: apt-get install iproute2)", e);
        }
    }

    private static String endOf(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
