package io.drove.dist.dev;

import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import io.drove.dist.dev.ClusterRecord.ServerProcess;
import io.drove.dist.dev.ClusterRecord.State;
import io.drove.dist.engine.Engine;
import io.drove.dist.engine.EngineSetup;
import io.drove.dist.engine.SampleImage;
import io.drove.dist.engine.SetupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The supervisor: brings one controller and one executor up, keeps them running, and takes them down when this process ends.
 * Containers are left alone unless clean-up is asked for.
 */
final class DevCluster implements Server.Listener {
    private static final Duration SERVER_STOP_TIMEOUT = Duration.ofSeconds(10);

    private final DevOptions options;
    private final Progress progress;
    private final DevDirectory directory;
    private final Engine engine;
    private final Server controller;
    private final Server executor;
    private final CountDownLatch end = new CountDownLatch(1);

    // Guarded by this.
    private final Map<String, ServerProcess> processes = new LinkedHashMap<>();
    private State state = State.STARTING;
    private boolean isStopping;
    private boolean hasServerDied;

    private final DevSecrets secrets;

    private DevCluster(DevOptions options, Progress progress, DevSecrets secrets) {
        this.options = options;
        this.progress = progress;
        this.secrets = secrets;
        this.directory = options.directory();
        this.engine = new Engine(Engine.socketOf(System.getenv()));
        this.controller = server(ServerConfiguration.CONTROLLER);
        this.executor = server(ServerConfiguration.EXECUTOR);
        processes.put("supervisor", ServerProcess.of("supervisor", ProcessHandle.current()));
    }

    private Server server(String name) {
        return new Server(
                name,
                () -> DroveProcess.drove(List.of(
                                "server",
                                name,
                                "--config",
                                directory.configuration(name).toString()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                directory.log(name).toFile())),
                SERVER_STOP_TIMEOUT,
                this);
    }

    /** Runs a cluster until this process is told to end; returns the exit code when it cannot. */
    static int run(DevOptions options, Progress progress) throws IOException, InterruptedException {
        DevDirectory directory = options.directory();
        directory.create();
        var lock = DevLock.tryTake(directory.lock());
        if (lock.isEmpty()) {
            progress.say(DevStatus.alreadyRunning(directory));
            return 1;
        }
        try (DevLock _ = lock.get()) {
            Leftovers.stop(directory, progress);
            List<String> taken = TakenPorts.among(options.ports().purposes());
            if (!taken.isEmpty()) {
                taken.forEach(line -> progress.say("drove dev: " + line));
                progress.say("Stop that process, or move all ports: drove dev --port-offset 100");
                return 1;
            }
            Map<String, Object> overlay = options.configuration().isPresent()
                    ? ServerConfiguration.readOverlay(options.configuration().get())
                    : Map.of();
            return new DevCluster(options, progress, DevSecrets.loadOrMake(directory.secrets())).run(overlay);
        } catch (SetupException | BringUpException | IllegalArgumentException e) {
            progress.say("drove dev: " + e.getMessage());
            return 1;
        }
    }

    private int run(Map<String, Object> overlay) throws IOException, InterruptedException {
        progress.say("Drove development cluster in " + directory.root());
        EngineSetup setup = new EngineSetup(engine, directory.logs(), options.mayInstall(), progress::step);
        progress.step("Docker " + setup.ensureRunning() + " at " + engine.socket());
        new ServerConfiguration(directory, options.ports(), secrets, VirtualSize.ofThisMachine(), engine.socket())
                .write(overlay);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
        controller.start();
        executor.start();
        progress.step("controller and executor started");
        try {
            bringUp(setup);
        } catch (BringUpException e) {
            progress.say("drove dev: " + e.getMessage());
            if (hasServerDied()) {
                LogEnd.print(directory, progress);
                return 1;
            }
            progress.say("The cluster runs on without it; the logs are in " + directory.logs());
            become(State.DEGRADED);
        }
        end.await();
        return 0;
    }

    private void bringUp(EngineSetup setup) throws IOException, InterruptedException {
        // Made while the servers start.
        Path image = options.isSampleWanted() ? prepareImage(setup) : Path.of("");
        DroveClient client = new DroveClient(Connection.to(
                List.of(URI.create(endpoint())),
                new Credentials.Basic(secrets.username(), secrets.password().reveal())));
        SampleApp sample = new SampleApp(client, progress, () -> !hasServerDied());
        sample.awaitCluster();
        if (options.isSampleWanted()) {
            URI address = sample.bringUp(image);
            progress.step(address + " answers");
            Welcome.print(progress, record(), address);
            become(State.READY);
        } else {
            Welcome.print(progress, record());
            become(State.READY);
        }
    }

    /** Makes sure that the sample's image is there; returns the spec that uses it. */
    private Path prepareImage(EngineSetup setup) throws IOException, InterruptedException {
        if (!SampleImage.isPresent(engine)) {
            SampleImage.make(engine, setup.ensureBusybox());
            progress.step("made the image " + SampleImage.NAME);
        }
        return Path.of(System.getProperty("drove.home", "."), "examples", "hello.json");
    }

    @Override
    public void started(String name, ProcessHandle process) {
        synchronized (this) {
            processes.put(name, ServerProcess.of(name, process));
        }
        publish();
    }

    @Override
    public void ended(String name, int exitCode, Duration wait) {
        boolean isStarting;
        synchronized (this) {
            isStarting = state == State.STARTING;
            hasServerDied |= isStarting;
        }
        progress.step("the " + name + " ended with exit code " + exitCode
                + (isStarting ? "" : "; starting it again" + (wait.isZero() ? "" : " in " + wait.toMillis() + " ms")));
    }

    private void become(State next) {
        synchronized (this) {
            state = next;
        }
        publish();
    }

    private synchronized boolean hasServerDied() {
        return hasServerDied;
    }

    private synchronized void publish() {
        if (isStopping) {
            return;
        }
        try {
            record().write(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + directory.record(), e);
        }
    }

    private synchronized ClusterRecord record() {
        return new ClusterRecord(
                state,
                endpoint(),
                secrets.username(),
                secrets.password().reveal(),
                directory.root(),
                List.copyOf(processes.values()));
    }

    private String endpoint() {
        return "http://127.0.0.1:" + options.ports().api();
    }

    /** The end of this process, for whatever reason but a kill. */
    private void stop() {
        synchronized (this) {
            isStopping = true;
        }
        try {
            progress.step("stopping");
            executor.stop();
            controller.stop();
            if (options.isCleanup()) {
                CleanUp.run(directory, engine, progress);
            } else {
                progress.step("stopped; containers are left running (drove dev stop --cleanup removes them)");
            }
            ClusterRecord.remove(directory);
        } catch (IOException e) {
            progress.say("drove dev: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end.countDown();
    }
}
