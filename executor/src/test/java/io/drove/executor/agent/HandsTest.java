package io.drove.executor.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.agent.Agent;
import io.drove.core.agent.AgentInput;
import io.drove.core.agent.AgentLimits;
import io.drove.core.agent.AgentSettings;
import io.drove.core.agent.Effect;
import io.drove.core.agent.FoundContainer;
import io.drove.core.agent.PortRange;
import io.drove.executor.container.CommandResult;
import io.drove.executor.container.ContainerDescription;
import io.drove.executor.container.ContainerEngine;
import io.drove.executor.container.ContainerLimits;
import io.drove.executor.container.ContainerState;
import io.drove.executor.container.EndSink;
import io.drove.executor.container.EngineVersion;
import io.drove.executor.container.InjectedFile;
import io.drove.executor.container.ListedContainer;
import io.drove.executor.container.OutputPosition;
import io.drove.executor.container.OutputSink;
import io.drove.executor.container.PublishedOn;
import io.drove.executor.logs.LogKeeper;
import io.drove.executor.logs.LogSettings;
import io.drove.model.app.AppSpec;
import io.drove.model.app.JobType;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PullPolicy;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.Transport;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.time.TimeSpan;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import io.drove.platform.time.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many calls at once, some of which hang. */
class HandsTest {
    private static final ClusterId CLUSTER = new ClusterId("c1");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int MANY = 64;

    @TempDir
    private Path directory;

    private final HangingEngine engine = new HangingEngine();
    private final BlockingQueue<Effect> effects = new LinkedBlockingQueue<>();
    private AgentLoop loop;
    private Hands hands;

    @BeforeEach
    void make() throws IOException {
        loop = new AgentLoop(
                new Agent(new AgentSettings(
                        new ExecutorId("e1"),
                        CLUSTER,
                        1,
                        "test",
                        new ExecutorInventory("host1", 11_000, Transport.HTTP, new TreeSet<>(), List.of(), Map.of()),
                        "digest",
                        Map.of(),
                        PortRange.DEFAULT,
                        true,
                        7,
                        AgentLimits.DEFAULT)),
                new SystemClock());
        EngineHealth health = new EngineHealth();
        LeaderLink link = new LeaderLink(List.of(), new ClusterSecret(new Secret("s")), "host1", loop::offer);
        hands = new Hands(
                new Hands.Tools(
                        engine,
                        health,
                        () -> {
                            throw new AssertionError("no container is made");
                        },
                        new LogKeeper(engine, new LogSettings(directory, 1_000, 1, LONG, 1_000)),
                        link,
                        new ExecutorHome(directory),
                        new Hands.Habits(
                                new ContainerLimits(1_000, OptionalLong.empty()),
                                false,
                                Optional.empty(),
                                PublishedOn.EVERYWHERE),
                        moved -> {},
                        finding -> {}),
                loop);
    }

    @AfterEach
    void end() {
        engine.mayEnd.countDown();
    }

    @Test
    void hooks_that_hang_hold_up_no_check() throws InterruptedException {
        for (int i = 1; i <= MANY; i++) {
            hands.accept(new Effect.RunHook(id(i), i, command("hang"), "c" + i, List.of(), LONG));
        }
        assertThat(engine.hanging.tryAcquire(MANY, 10, SECONDS)).isTrue();

        hands.accept(new Effect.RunCheck(id(99), 99, command("quick"), "c99", List.of(), LONG));

        assertThat(engine.quick.tryAcquire(10, SECONDS)).isTrue();
    }

    @Test
    void checks_that_hang_stop_no_other_instance() throws InterruptedException {
        for (int i = 1; i <= MANY; i++) {
            hands.accept(new Effect.RunCheck(id(i), i, command("hang"), "c" + i, List.of(), LONG));
        }
        assertThat(engine.hanging.tryAcquire(MANY, 10, SECONDS)).isTrue();

        try (AgentLoop started = loop) {
            started.start(effect -> {
                effects.add(effect);
                if (effect instanceof Effect.RunCheck) {
                    hands.accept(effect);
                }
            });
            started.offer(new AgentInput.Began(List.of(new FoundContainer(
                    CLUSTER,
                    id(99),
                    spec(),
                    new Allocation(0, CoreSet.of(1), 64),
                    List.of(),
                    FoundContainer.Life.RUNNING,
                    0))));

            for (int checks = 0; checks < 2; ) {
                Effect effect = effects.poll(20, SECONDS);
                assertThat(effect).isNotNull().isNotInstanceOf(Effect.StopContainer.class);
                checks += effect instanceof Effect.RunCheck ? 1 : 0;
            }
        }
    }

    @Test
    void pulls_that_hang_hold_up_no_image_that_is_here() throws InterruptedException {
        for (int i = 1; i <= MANY; i++) {
            hands.accept(new Effect.Pull(id(i), i, "slow:" + i, PullPolicy.ALWAYS, LONG));
        }
        assertThat(engine.hanging.tryAcquire(10, SECONDS)).isTrue();

        hands.accept(new Effect.Pull(id(99), 99, "here:1", PullPolicy.IF_NOT_PRESENT, LONG));

        assertThat(engine.quick.tryAcquire(10, SECONDS)).isTrue();
    }

    private static InstanceId id(int number) {
        return new InstanceId(InstanceId.Kind.APP, 0, number);
    }

    private static CheckMode command(String command) {
        return new CheckMode.Command(command, false);
    }

    private static AppSpec spec() {
        CheckSpec check = new CheckSpec(
                command("quick"), TimeSpan.ofMillis(100), TimeSpan.ofMillis(100), 1, TimeSpan.ofSeconds(0));
        return new AppSpec(
                "web",
                "1",
                new Executable.Docker("here:1", TimeSpan.ofSeconds(100), PullPolicy.BY_TAG),
                List.of(),
                List.of(),
                List.of(),
                JobType.SERVICE,
                LoggingSpec.DEFAULT,
                List.of(),
                new PlacementPolicy.Any(),
                check,
                check,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                PreShutdownSpec.NONE,
                null,
                List.of());
    }

    /** Commands named {@code hang} and images named {@code slow} take until the test ends. */
    private static final class HangingEngine implements ContainerEngine {
        private final Semaphore hanging = new Semaphore(0);
        private final Semaphore quick = new Semaphore(0);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        private void hang() {
            hanging.release();
            try {
                if (!mayEnd.await(60, SECONDS)) {
                    throw new AssertionError("the test takes too long");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public EngineVersion version() {
            return new EngineVersion("test", "test");
        }

        @Override
        public boolean hasImage(String image) {
            quick.release();
            return image.startsWith("here");
        }

        @Override
        public void pull(String image, Duration timeout) {
            hang();
        }

        @Override
        public void removeImage(String image) {}

        @Override
        public String create(ContainerDescription description) {
            return description.name();
        }

        @Override
        public void putFiles(String container, List<InjectedFile> files) {}

        @Override
        public void start(String container) {}

        @Override
        public Optional<ContainerState> inspect(String container) {
            return Optional.empty();
        }

        @Override
        public void stop(String container, Duration grace) {}

        @Override
        public void remove(String container) {}

        @Override
        public List<ListedContainer> list(String label) {
            return List.of();
        }

        @Override
        public CommandResult execute(String container, List<String> command, Duration timeout) {
            if (command.getLast().equals("hang")) {
                hang();
            } else {
                quick.release();
            }
            return new CommandResult(0, "", false);
        }

        @Override
        public void followOutput(String container, OutputPosition from, OutputSink sink) {}

        @Override
        public void watchEnds(String label, EndSink sink) {}

        @Override
        public void close() {}
    }
}
