package io.drove.executor.agent;

import io.drove.core.agent.AgentInput;
import io.drove.core.agent.ContainerPlan;
import io.drove.core.agent.Effect;
import io.drove.core.agent.Outcome;
import io.drove.executor.check.Checker;
import io.drove.executor.container.CgroupLimits;
import io.drove.executor.container.ContainerDescription;
import io.drove.executor.container.ContainerEngine;
import io.drove.executor.container.ContainerLimits;
import io.drove.executor.container.ContainerState;
import io.drove.executor.container.EngineException;
import io.drove.executor.container.InjectedFile;
import io.drove.executor.container.PublishedOn;
import io.drove.executor.inventory.MachineInventory;
import io.drove.executor.logs.LogKeeper;
import io.drove.model.container.Executable;
import io.drove.model.container.PortType;
import io.drove.model.container.PullPolicy;
import io.drove.model.container.UserSpec;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.CoreSet;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries effects out, each that blocks on a virtual thread of its own, so many at once of each kind, and tells the agent what came of it. */
public final class Hands implements Consumer<Effect> {
    private static final Logger LOG = LoggerFactory.getLogger(Hands.class);
    private static final int PULLS_AT_ONCE = 4;
    private static final int ENGINE_CALLS_AT_ONCE = 16;
    private static final int CHECKS_AT_ONCE = 64;
    /** How long a check waits for its turn; shorter than the agent waits beyond the check's own timeout. */
    private static final Duration CHECK_TURN = Duration.ofSeconds(3);

    private static final int HOOKS_AT_ONCE = 64;
    private static final int IMAGES_SEEN_MAX = 1_000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** How containers are made here, whatever the spec says. */
    public record Habits(
            ContainerLimits limits, boolean hasNumaPinning, Optional<UserSpec> defaultUser, PublishedOn publishedOn) {}

    /** What the hands work with. */
    public record Tools(
            ContainerEngine engine,
            EngineHealth engineHealth,
            Supplier<MachineInventory> inventory,
            LogKeeper logs,
            LeaderLink link,
            ExecutorHome home,
            Habits habits,
            Consumer<Effect.Moved> onMove,
            Consumer<CgroupLimits.Finding> onVerified) {}

    @FunctionalInterface
    private interface Work {
        Outcome run() throws EngineException, IOException, InterruptedException;
    }

    private final Tools tools;
    private final ContainerEngine engine;
    private final AgentLoop loop;
    private final Checker checker;
    private final ContainerLabels labels = new ContainerLabels();
    private final ConfigFiles configFiles;
    private final CgroupLimits cgroups = new CgroupLimits(Path.of("/"));
    /** After a container's first moments, in which the machine is left to it. */
    private final Executor later = CompletableFuture.delayedExecutor(
            1, TimeUnit.SECONDS, work -> Thread.ofVirtual().name("verify").start(work));

    private final Semaphore pulls = new Semaphore(PULLS_AT_ONCE);
    private final Semaphore engineCalls = new Semaphore(ENGINE_CALLS_AT_ONCE);
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);
    private final Semaphore hooks = new Semaphore(HOOKS_AT_ONCE);
    private final Set<String> imagesSeen = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Long, Thread> running = new ConcurrentHashMap<>();

    public Hands(Tools tools, AgentLoop loop) {
        this.tools = tools;
        this.engine = tools.engine();
        this.loop = loop;
        this.checker = new Checker(engine);
        this.configFiles = new ConfigFiles(tools.link());
    }

    /** Makes the first check of this process quick, by calling this port of ours beforehand. */
    public void warmUp(int port) {
        Thread.ofVirtual().name("warm-up").start(() -> {
            try {
                checker.warmUp(port);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void accept(Effect effect) {
        switch (effect) {
            case Effect.Dial dial -> tools.link().dial(dial.connection());
            case Effect.Hangup hangup -> tools.link().hangUp(hangup.connection(), hangup.reason());
            case Effect.Send send -> tools.link().send(send.connection(), send.sequence(), send.frame());
            case Effect.Persist persist -> Thread.ofVirtual().start(() -> persist(persist));
            case Effect.Pull pull -> run(pull.instance(), pull.call(), () -> pull(pull));
            case Effect.Abandon abandon -> abandon(abandon.call());
            case Effect.Create create ->
                run(create.instance(), create.call(), engineCalls, () -> create(create.plan()));
            case Effect.StartContainer start ->
                run(start.instance(), start.call(), engineCalls, () -> start(start.plan()));
            case Effect.FollowLogs follow ->
                tools.logs().follow(follow.app().value(), follow.instance().toString(), follow.container());
            case Effect.RunCheck check -> run(check.instance(), check.call(), () -> check(check));
            case Effect.RunHook hook ->
                run(
                        hook.instance(),
                        hook.call(),
                        hooks,
                        () -> checker.hook(hook.hook(), hook.container(), hook.ports(), hook.timeout()));
            case Effect.StopContainer stop ->
                run(stop.instance(), stop.call(), engineCalls, () -> {
                    engine.stop(stop.container(), stop.grace());
                    return new Outcome.Halted();
                });
            case Effect.RemoveContainer remove ->
                run(remove.instance(), remove.call(), engineCalls, () -> remove(remove.container()));
            case Effect.RemoveImage image -> Thread.ofVirtual().start(() -> removeImage(image.image()));
            case Effect.Moved moved -> {
                LOG.info(
                        "instance moved id={} app={} from={} to={} after={}ms{}",
                        moved.report().id(),
                        moved.report().app(),
                        moved.from(),
                        moved.report().state(),
                        moved.after().toMillis(),
                        moved.report().error().isEmpty()
                                ? ""
                                : " error=" + moved.report().error());
                tools.onMove().accept(moved);
            }
            case Effect.Note note -> LOG.info("{}", note.text());
        }
    }

    private void run(InstanceId instance, long call, Semaphore permits, Work work) {
        run(instance, call, () -> within(permits, work));
    }

    private void run(InstanceId instance, long call, Work work) {
        Thread thread = Thread.ofVirtual().name("call-" + call).unstarted(() -> {
            Outcome outcome = outcome(work);
            running.remove(call, Thread.currentThread());
            // The agent has given this call up perhaps, but must be heard all the same.
            boolean wasInterrupted = Thread.interrupted();
            loop.offer(new AgentInput.Done(instance, call, outcome));
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        });
        if (call != 0) {
            running.put(call, thread);
        }
        thread.start();
    }

    private static Outcome within(Semaphore permits, Work work)
            throws EngineException, IOException, InterruptedException {
        permits.acquire();
        try {
            return work.run();
        } finally {
            permits.release();
        }
    }

    private static Outcome outcome(Work work) {
        try {
            return work.run();
        } catch (EngineException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()), e.isWorthRetry(), e.takenPort());
        } catch (ConfigUnavailable e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()), true);
        } catch (IOException e) {
            return new Outcome.Failed(e.toString(), true);
        } catch (InterruptedException e) {
            return new Outcome.Failed("given up", true);
        } catch (RuntimeException e) {
            LOG.error("call failed", e);
            return new Outcome.Failed(e.toString(), false);
        }
    }

    private void abandon(long call) {
        Thread thread = running.get(call);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** One that does not get its turn, since others hang, says nothing about its instance. */
    private Outcome check(Effect.RunCheck check) throws InterruptedException {
        if (!checks.tryAcquire(CHECK_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Outcome.Undecided("no turn within " + CHECK_TURN.toSeconds() + " s: " + CHECKS_AT_ONCE
                    + " other checks are under way");
        }
        try {
            Outcome outcome = checker.check(check.mode(), check.container(), check.ports(), check.timeout());
            return outcome instanceof Outcome.Unreachable silent
                            && tools.engineHealth().isInDoubt(loop.nowNanos())
                    ? new Outcome.Undecided("the engine is away: " + silent.message())
                    : outcome;
        } finally {
            checks.release();
        }
    }

    /** An image that is here waits for no pull of another. */
    private Outcome pull(Effect.Pull pull) throws EngineException, IOException, InterruptedException {
        return switch (pull.policy()) {
            case NEVER ->
                isPresent(pull.image())
                        ? new Outcome.Pulled("")
                        : new Outcome.Failed("it is not on this machine, and its pull policy is NEVER", false);
            case IF_NOT_PRESENT ->
                isPresent(pull.image())
                        ? new Outcome.Pulled("")
                        // Another instance's pull may have brought it while this one waited for its turn.
                        : within(pulls, () -> isPresent(pull.image()) ? new Outcome.Pulled("") : fetch(pull));
            case ALWAYS, BY_TAG -> within(pulls, () -> fetch(pull));
        };
    }

    private Outcome fetch(Effect.Pull pull) throws EngineException {
        try {
            engine.pull(pull.image(), pull.timeout());
            return new Outcome.Pulled("");
        } catch (EngineException e) {
            boolean isUsable = pull.policy() == PullPolicy.ALWAYS && e.isWorthRetry() && engine.hasImage(pull.image());
            if (isUsable) {
                return new Outcome.Pulled("could not be pulled, the one that is here is used: " + e.getMessage());
            }
            throw e;
        }
    }

    /** Whether the engine has the image. One that was seen is taken to be there still: its creation tells if not. */
    private boolean isPresent(String image) throws EngineException {
        if (imagesSeen.contains(image)) {
            return true;
        }
        boolean isPresent = engine.hasImage(image);
        if (isPresent && imagesSeen.size() < IMAGES_SEEN_MAX) {
            imagesSeen.add(image);
        }
        return isPresent;
    }

    private Outcome create(ContainerPlan plan) throws EngineException, IOException, InterruptedException {
        OptionalInt taken = takenPort(plan.ports());
        if (taken.isPresent()) {
            return new Outcome.Failed("Host port " + taken.getAsInt() + " is in use", true, taken.getAsInt());
        }
        List<InjectedFile> files = configFiles.gather(plan.spec());
        ContainerDescription description = describe(plan);
        String id = create(plan, description);
        if (!files.isEmpty()) {
            engine.putFiles(id, files);
        }
        return new Outcome.Created(id);
    }

    private String create(ContainerPlan plan, ContainerDescription description) throws EngineException {
        Executable.Docker docker = switch (plan.spec().executable()) {
            case Executable.Docker image -> image;
        };
        try {
            return engine.create(description);
        } catch (EngineException e) {
            if (e.code() == EngineException.Code.CONFLICT) {
                // The name is this instance's alone: what has it is left from an earlier try whose answer was lost.
                engine.remove(plan.name());
            } else if (e.code() == EngineException.Code.NOT_FOUND
                    && imagesSeen.remove(docker.url())
                    && docker.pullPolicy() != PullPolicy.NEVER) {
                engine.pull(docker.url(), docker.pullTimeout().toDuration());
            } else {
                throw e;
            }
            return engine.create(description);
        }
    }

    /** The first of the ports on which somebody listens already. */
    private static OptionalInt takenPort(List<PortBinding> ports) {
        for (PortBinding port : ports) {
            try {
                if (port.type() == PortType.UDP) {
                    new DatagramSocket(port.hostPort()).close();
                } else {
                    new ServerSocket(port.hostPort(), 1).close();
                }
            } catch (IOException e) {
                return OptionalInt.of(port.hostPort());
            }
        }
        return OptionalInt.empty();
    }

    private ContainerDescription describe(ContainerPlan plan) {
        Habits habits = tools.habits();
        String image = switch (plan.spec().executable()) {
            case Executable.Docker docker -> docker.url();
        };
        UserSpec user = plan.spec().userSpec();
        return new ContainerDescription(
                plan.name(),
                image,
                plan.spec().args(),
                plan.env(),
                labels.of(plan),
                plan.ports(),
                habits.publishedOn(),
                plan.spec().volumes(),
                physical(plan),
                habits.hasNumaPinning() ? OptionalInt.of(plan.allocation().numaNode()) : OptionalInt.empty(),
                memory(plan),
                habits.limits(),
                plan.spec().logging(),
                plan.instance().toString(),
                plan.spec().devices(),
                user == null ? habits.defaultUser().orElse(null) : user);
    }

    private CoreSet physical(ContainerPlan plan) {
        return tools.inventory().get().physical(plan.allocation().cores());
    }

    private static long memory(ContainerPlan plan) {
        return plan.allocation().memoryInMb() << 20;
    }

    private Outcome start(ContainerPlan plan) throws EngineException {
        engine.start(plan.name());
        later.execute(() -> verify(plan));
        return new Outcome.Started();
    }

    /** Compares what the kernel enforces with what was ordered. */
    private void verify(ContainerPlan plan) {
        try {
            Optional<ContainerState> state = engine.inspect(plan.name());
            if (state.isEmpty() || state.get().pid() == 0) {
                return;
            }
            CgroupLimits.Finding finding = cgroups.compare(state.get().pid(), physical(plan), memory(plan));
            if (finding instanceof CgroupLimits.Finding.Different different) {
                LOG.warn("limits wrong id={} reason={}", plan.instance(), different.message());
                loop.offer(new AgentInput.LimitsWrong(plan.instance(), different.message()));
            }
            tools.onVerified().accept(finding);
        } catch (EngineException | IOException e) {
            LOG.debug("limits not read id={} reason={}", plan.instance(), e.getMessage());
        }
    }

    private Outcome remove(String container) throws EngineException, InterruptedException {
        // Its last words are read first: they go with the container.
        if (engine.inspect(container).filter(ContainerState::isRunning).isEmpty()) {
            tools.logs().settle(container, LAST_WORDS);
        }
        engine.remove(container);
        return new Outcome.Removed();
    }

    private void removeImage(String image) {
        imagesSeen.remove(image);
        try {
            engine.removeImage(image);
        } catch (EngineException e) {
            LOG.warn("image stays image={} reason={}", image, e.getMessage());
        }
    }

    private void persist(Effect.Persist persist) {
        try {
            tools.home().write(persist.cluster(), persist.epoch());
            loop.offer(new AgentInput.Persisted(persist.cluster(), persist.epoch()));
        } catch (IOException e) {
            LOG.error("epoch not stored epoch={} reason={}", persist.epoch(), e.toString());
            loop.offer(new AgentInput.PersistFailed(e.toString()));
        }
    }
}
