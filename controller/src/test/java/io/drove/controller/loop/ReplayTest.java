package io.drove.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.contract.Command;
import io.drove.core.contract.Input;
import io.drove.core.contract.SessionId;
import io.drove.core.state.AppRecord;
import io.drove.core.state.Limits;
import io.drove.model.app.AppOperation;
import io.drove.model.app.OpSpec;
import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random lives of a small cluster: whoever reads its journal comes to the very state that its leader has. */
class ReplayTest {
    private static final int STEPS = 400;
    private static final int EXECUTORS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void replay_equals_live_also_from_a_snapshot_on_the_way(long seed) throws IOException {
        Random random = new Random(seed);
        LoopFixture given = new LoopFixture(true).serving(1);
        Life life = new Life(given, random);
        Replica follower = new Replica(Limits.DEFAULT, false);
        int read = 0;

        for (int i = 0; i < STEPS; i++) {
            life.live();
            for (; read < given.journal.log().size(); read++) {
                follower.apply(read + 1, given.journal.log().get(read));
            }
            if (random.nextInt(40) == 0) {
                follower = restored(follower);
            }
        }

        assertThat(follower.view()).isEqualTo(given.replica.view());
        assertThat(follower.view().durable()).isEqualTo(given.loop.published().durable());
        assertThat(follower.view().sequence()).isGreaterThan(STEPS / 10);
        assertThat(given.replica.rejected()).isZero();
    }

    private static Replica restored(Replica from) throws IOException {
        ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
        from.capture().writeTo(snapshot);
        Replica restored = new Replica(Limits.DEFAULT, false);
        restored.restore(1, new ByteArrayInputStream(snapshot.toByteArray()));
        return restored;
    }

    /** Operations and executors at random. */
    private static final class Life {
        private final LoopFixture given;
        private final Random random;
        private int sessions;
        private int commandsSeen;

        Life(LoopFixture given, Random random) {
            this.given = given;
            this.random = random;
            for (int i = 0; i < EXECUTORS; i++) {
                connect(i);
            }
        }

        void live() {
            switch (random.nextInt(10)) {
                case 0, 1 -> given.loop.ask(Specs.create("app" + random.nextInt(6), random.nextInt(5)));
                case 2 -> given.loop.ask(new AppOperation.Scale(app(), random.nextInt(8), OpSpec.DEFAULT));
                case 3 -> given.loop.ask(new AppOperation.ReplaceInstances(app(), List.of(), false, OpSpec.DEFAULT));
                case 4 -> given.loop.ask(new AppOperation.Suspend(app(), OpSpec.DEFAULT));
                case 5 -> given.loop.ask(new AppOperation.Destroy(app(), OpSpec.DEFAULT));
                case 6 -> given.loop.cancel(app());
                case 7 -> connect(random.nextInt(EXECUTORS));
                case 8 -> fail();
                default -> given.clock.advance(Duration.ofMillis(random.nextInt(20_000)));
            }
            given.settle();
            obey();
            given.clock.advance(Duration.ofMillis(random.nextInt(500)));
            given.settle();
        }

        private AppId app() {
            return AppId.of("app" + random.nextInt(6), "1");
        }

        private static ExecutorId executor(int number) {
            return ExecutorId.of("host-" + number, 11_000);
        }

        private final SessionId[] current = new SessionId[EXECUTORS];

        private void connect(int number) {
            SessionId session = new SessionId(++sessions);
            current[number] = session;
            ExecutorId id = executor(number);
            given.loop.report(new Input.ExecutorConnected(
                    given.loop.nextSeed(), id, session, "digest", Specs.inventory("host-" + number, 6)));
            given.loop.report(new Input.InstancesListed(given.loop.nextSeed(), id, session, instancesOf(id)));
        }

        private List<InstanceReport> instancesOf(ExecutorId id) {
            List<InstanceReport> all = new ArrayList<>();
            for (AppRecord app : given.loop.published().durable().apps().values()) {
                app.instances()
                        .values()
                        .filter(instance -> instance.executor().equals(id))
                        .forEach(instance -> {
                            if (random.nextInt(10) > 0) {
                                all.add(report(instance.id(), app.id(), InstanceState.HEALTHY));
                            }
                        });
            }
            if (random.nextInt(5) == 0) {
                InstanceId stranger = new InstanceId(InstanceId.Kind.APP, random.nextLong(), random.nextLong());
                all.add(report(stranger, app(), InstanceState.HEALTHY));
            }
            return all;
        }

        /** Most commands are carried out, some fail, some are lost. */
        private void obey() {
            for (; commandsSeen < given.commands.size(); commandsSeen++) {
                switch (given.commands.get(commandsSeen)) {
                    case Command.Start start -> {
                        InstanceState state = random.nextInt(8) == 0 ? InstanceState.STOPPED : InstanceState.HEALTHY;
                        tell(start.executor(), report(start.instance(), start.app(), state));
                    }
                    case Command.Stop stop -> {
                        if (random.nextInt(8) > 0) {
                            tell(stop.executor(), report(stop.instance(), app(), InstanceState.STOPPED));
                        }
                    }
                    case Command.Forget _ -> {}
                }
            }
        }

        private void fail() {
            ExecutorId id = executor(random.nextInt(EXECUTORS));
            instancesOf(id).stream()
                    .findFirst()
                    .ifPresent(report -> tell(id, report(report.id(), report.app(), InstanceState.UNHEALTHY)));
        }

        private void tell(ExecutorId executor, InstanceReport report) {
            for (int i = 0; i < EXECUTORS; i++) {
                if (executor(i).equals(executor)) {
                    given.loop.report(
                            new Input.InstancesReported(given.loop.nextSeed(), executor, current[i], List.of(report)));
                }
            }
        }

        private InstanceReport report(InstanceId id, AppId app, InstanceState state) {
            List<PortBinding> ports = state == InstanceState.HEALTHY
                    ? List.of(new PortBinding("main", 8080, 32_000 + random.nextInt(1000), PortType.HTTP))
                    : List.of();
            return new InstanceReport(id, app, state, ports, state == InstanceState.HEALTHY ? "" : "at random", 0);
        }
    }
}
