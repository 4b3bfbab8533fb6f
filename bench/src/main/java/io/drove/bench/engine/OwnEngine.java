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

/**
 * A container engine for one run, in a network namespace and a session of its own, so that neither Ctrl-C nor the machine's other engine
 * meets it. Closing it ends whatever still runs in that namespace: everything there was started by the run.
 */
public final class OwnEngine implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration TOOL_LIMIT = Duration.ofSeconds(30);
    private static final Path ROOT_GROUP = Path.of("/sys/fs/cgroup");

    private final String network;
    private final Path directory;
    private final Process daemon;
    private boolean isClosed;

    private OwnEngine(String network, Path directory, Process daemon) {
        this.network = network;
        this.directory = directory;
        this.daemon = daemon;
    }

    /**
     * Starts one that keeps everything below a directory; the directory's name must be short, since sockets live in it.
     *
     * @throws MeasurementFailed when the machine does not allow that; says why
     */
    public static OwnEngine start(Path directory) throws InterruptedException {
        if (!Files.isDirectory(ROOT_GROUP) || !"root".equals(System.getProperty("user.name"))) {
            throw new MeasurementFailed("the benchmark starts a container engine of its own: that needs root on Linux");
        }
        String network = "drove-bench-" + ProcessHandle.current().pid();
        run("ip", "netns", "add", network);
        try {
            run("ip", "-n", network, "link", "set", "lo", "up");
            OwnEngine engine = new OwnEngine(network, directory, daemon(network, directory));
            engine.awaitUp();
            return engine;
        } catch (MeasurementFailed | InterruptedException e) {
            endAll(network);
            run("ip", "netns", "del", network);
            throw e;
        }
    }

    private static Process daemon(String network, Path directory) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(inside(network));
        // Namespaces of its own also where a containerd of the machine serves several engines.
        command.addAll(List.of(
                "dockerd",
                "--data-root=" + directory.resolve("data"),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("pid"),
                "--host=unix://" + socketIn(directory),
                "--config-file=" + directory.resolve("daemon.json"),
                "--containerd-namespace=" + network,
                "--containerd-plugins-namespace=" + network + "-plugins"));
        try {
            Files.writeString(directory.resolve("daemon.json"), "{}\n");
            return new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(logIn(directory).toFile())
                    .start();
        } catch (IOException e) {
            throw new MeasurementFailed(
                    "cannot start dockerd; it must be installed (Debian: apt-get install docker.io)", e);
        }
    }

    private void awaitUp() throws InterruptedException {
        EngineCalls calls = calls();
        Await.until(
                "the benchmark's own engine answers; its log is " + logIn(directory), START_LIMIT, Await.COARSE, () -> {
                    if (!daemon.isAlive()) {
                        throw new MeasurementFailed("the benchmark's own engine ended:\n" + endOf(logIn(directory)));
                    }
                    return calls.isUp();
                });
    }

    public EngineCalls calls() {
        return new EngineCalls(socket());
    }

    public Path socket() {
        return socketIn(directory);
    }

    /** The words to put before a command that is to run in this engine's network. */
    public List<String> inside() {
        return inside(network);
    }

    private static List<String> inside(String network) {
        return List.of("nsenter", "--net=/run/netns/" + network, "--");
    }

    private static Path socketIn(Path directory) {
        return directory.resolve("docker.sock");
    }

    private static Path logIn(Path directory) {
        return directory.resolve("dockerd.log");
    }

    /** Removes every container, ends the engine and all else in its network, and removes the network. Safe to call twice. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            if (daemon.isAlive()) {
                daemon.destroy();
                daemon.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            endAll(network);
            run("ip", "netns", "del", network);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything in the namespace was started by this run, however far it has run away since. */
    private static void endAll(String network) throws InterruptedException {
        List<ProcessHandle> left = processes(network);
        left.forEach(ProcessHandle::destroy);
        awaitEnd(left);
        List<ProcessHandle> stubborn = processes(network);
        stubborn.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(stubborn);
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
