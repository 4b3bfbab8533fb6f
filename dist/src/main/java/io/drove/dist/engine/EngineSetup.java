package io.drove.dist.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes an engine answer: finds it, or installs and starts it on Debian as root, or says exactly what to do.
 *
 * <p>An engine that we start gets a session of its own, so that Ctrl-C does not reach it, and {@code --live-restore}, so that
 * containers outlive it; it is left running.
 */
public final class EngineSetup {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(15);

    private final Engine engine;
    private final Machine machine;
    private final Path logDirectory;
    private final boolean mayInstall;
    private final Consumer<String> progress;

    /**
     * A setup.
     *
     * @param mayInstall whether packages may be installed and the engine started
     * @param progress gets a line for each thing that takes a while
     */
    public EngineSetup(Engine engine, Path logDirectory, boolean mayInstall, Consumer<String> progress) {
        this(engine, Machine.ours(), logDirectory, mayInstall, progress);
    }

    EngineSetup(Engine engine, Machine machine, Path logDirectory, boolean mayInstall, Consumer<String> progress) {
        this.engine = engine;
        this.machine = machine;
        this.logDirectory = logDirectory;
        this.mayInstall = mayInstall;
        this.progress = progress;
    }

    /**
     * Returns the version of an engine that answers.
     *
     * @throws SetupException if there is none and it is not ours to change that; the message says what to do
     */
    public String ensureRunning() throws IOException, InterruptedException {
        return switch (engine.probe()) {
            case EngineState.Running running -> running.version();
            case EngineState.Forbidden() ->
                throw new SetupException("Docker runs, but this user may not talk to " + engine.socket()
                        + ". Add the user to its group and log in again: sudo usermod -aG docker "
                        + machine.user());
            case EngineState.Hanging hanging ->
                throw new SetupException(
                        "Docker listens at " + engine.socket() + " but hangs: " + hanging.problem()
                                + ". Look into its log, then restart it: sudo systemctl restart docker (or kill dockerd and start it again)");
            case EngineState.Stopped stopped -> {
                requireDefaultSocket();
                yield start(stopped);
            }
            case EngineState.Absent() -> {
                requireDefaultSocket();
                yield install();
            }
        };
    }

    /** An engine elsewhere is somebody's own arrangement: we neither install nor start it. */
    private void requireDefaultSocket() {
        if (!engine.socket().equals(machine.dockerSocket())) {
            throw new SetupException("no Docker engine answers at " + engine.socket()
                    + ", which DOCKER_HOST names. Start it, or unset DOCKER_HOST");
        }
    }

    /** A static busybox, installed if need be. */
    public Path ensureBusybox() throws IOException, InterruptedException {
        if (machine.hasStaticBusybox()) {
            return machine.busybox();
        }
        if (!machine.isDebian()) {
            throw new SetupException(
                    "the sample image is made from a static busybox, and " + machine.busybox()
                            + " is not there or not static. Install it (Debian and Ubuntu: busybox-static), or start without the sample: ./drove dev --no-sample");
        }
        install(List.of("busybox-static"));
        return machine.busybox();
    }

    private String install() throws IOException, InterruptedException {
        if (!machine.isDebian()) {
            throw new SetupException(
                    "Docker is not installed: nothing listens at " + engine.socket()
                            + " and there is no dockerd. Install Docker Engine 20.10 or newer (https://docs.docker.com/engine/install/), start it, and run this again");
        }
        progress.accept("Docker is not installed");
        List<String> packages = new ArrayList<>(List.of("docker.io", "iptables"));
        if (!machine.hasStaticBusybox()) {
            packages.add("busybox-static");
        }
        install(packages);
        return switch (engine.probe()) {
            case EngineState.Running running -> running.version();
            case EngineState.Stopped stopped -> start(stopped);
            case EngineState.Absent _, EngineState.Forbidden _, EngineState.Hanging _ ->
                throw new SetupException(
                        "Docker was installed but cannot be started; see " + logDirectory.resolve("install.log"));
        };
    }

    private void install(List<String> packages) throws IOException, InterruptedException {
        String names = String.join(" ", packages);
        if (!mayInstall) {
            throw new SetupException("missing on this machine: " + names
                    + ", and --no-install forbids to install. As root: apt-get update && apt-get install -y --no-install-recommends "
                    + names);
        }
        if (!machine.isRoot()) {
            throw new SetupException("missing on this machine: " + names
                    + ". Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends " + names
                    + "; then run this again");
        }
        progress.accept("installing " + names + " (log: " + logDirectory.resolve("install.log") + ")");
        apt(List.of("update"));
        List<String> arguments = new ArrayList<>(List.of("install", "--no-install-recommends"));
        arguments.addAll(packages);
        apt(arguments);
    }

    private void apt(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                machine.command("apt-get"), "-y", "-q", "-o", "Acquire::Retries=5", "-o", "DPkg::Lock::Timeout=300"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.redirectInput(Path.of("/dev/null").toFile());
        Process process = builder.start();
        Path log = logDirectory.resolve("install.log");
        try (BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var writer = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                writer.write(line);
                writer.newLine();
                writer.flush();
                if (line.startsWith("Setting up ") || line.startsWith("Need to get ")) {
                    progress.accept("  " + line);
                }
            }
        }
        if (!process.waitFor(INSTALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new SetupException("apt-get " + String.join(" ", arguments) + " failed; see " + log
                    + ", put it right and run this again");
        }
    }

    private String start(EngineState.Stopped stopped) throws IOException, InterruptedException {
        boolean systemd = machine.hasSystemd();
        String byHand =
                systemd ? "systemctl start docker" : "setsid dockerd --live-restore > /var/log/dockerd.log 2>&1 &";
        if (!mayInstall) {
            throw new SetupException("Docker is installed (" + stopped.daemon()
                    + ") but not running, and --no-install forbids to start it. As root: " + byHand);
        }
        if (!machine.isRoot()) {
            throw new SetupException(
                    "Docker is installed (" + stopped.daemon() + ") but not running. Start it as root: " + byHand);
        }
        progress.accept("Docker is installed but not running: starting it");
        Path log = logDirectory.resolve("dockerd.log");
        List<String> command = systemd
                ? List.of(machine.command("systemctl"), "start", "docker")
                : List.of(
                        machine.command("setsid"),
                        stopped.daemon().toString(),
                        "--live-restore",
                        "--host",
                        "unix://" + engine.socket());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return waitUntilRunning(process, log);
    }

    private String waitUntilRunning(Process process, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        String how = " within " + START_TIMEOUT.toSeconds() + " s";
        while (System.nanoTime() < end) {
            if (engine.probe() instanceof EngineState.Running running) {
                return running.version();
            }
            if (process.waitFor(100, TimeUnit.MILLISECONDS) && process.exitValue() != 0) {
                how = ": it ended with exit code " + process.exitValue();
                break;
            }
        }
        throw new SetupException("Docker did not start" + how + "; the end of " + log + ":\n" + end(log));
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    /** True for an ELF program without an interpreter: one that needs no libraries beside it. */
    static boolean isStatic(Path program) throws IOException {
        return Files.isExecutable(program) && ElfHeader.read(program).isStatic();
    }
}
