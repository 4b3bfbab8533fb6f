package io.drove.core.placement;

import static io.drove.core.Apps.app;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.contract.Change;
import io.drove.core.contract.Now;
import io.drove.core.contract.Seed;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Ledger;
import io.drove.core.state.Limits;
import io.drove.model.app.AppSpec;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the index knows of apps, after each change the same as one that is built from the state. */
final class RoomTest {
    private static final CoreSet CORES = CoreSet.of(0, 1, 2, 3);
    private static final AppSpec WEB = app("web").spec();
    private static final AppId ID = WEB.id();

    private final Room room = new Room();
    private final ExecutorId a = ExecutorId.of("a", 11_000);
    private final ExecutorId b = ExecutorId.of("b", 11_000);
    private ClusterState state = ClusterState.empty(Limits.DEFAULT);
    private int number;

    @Test
    void an_app_that_goes_from_one_instance_to_two_on_one_host_and_back_has_its_own_spread_only_in_between() {
        executors();
        register(WEB);
        InstanceId first = place(ID, a);
        assertAlone(ID, a);

        InstanceId second = place(ID, a);
        assertSpread(ID, Map.of("a", 2));
        assertThat(room.spread(ID)).isNotSameAs(alone(a));

        end(first);
        assertAlone(ID, a);
        end(second);
        assertSpread(ID, Map.of());
    }

    @Test
    void an_app_that_goes_from_one_instance_to_two_on_two_hosts_and_back_is_where_the_one_left_is() {
        executors();
        register(WEB);
        InstanceId first = place(ID, a);
        place(ID, b);
        assertSpread(ID, Map.of("a", 1, "b", 1));

        end(first);
        assertAlone(ID, b);

        place(ID, a);
        place(ID, a);
        assertSpread(ID, Map.of("a", 2, "b", 1));
    }

    @Test
    void an_instance_that_is_given_up_counts_no_longer() {
        executors();
        register(WEB);
        InstanceId first = place(ID, a);
        InstanceId second = place(ID, b);

        record(new Change.InstanceGivenUp(second, ID, "", 0));
        assertAlone(ID, a);

        record(new Change.InstanceGivenUp(first, ID, "", 0));
        assertSpread(ID, Map.of());
    }

    @Test
    void instances_move_with_their_executor_to_a_host_of_another_name() {
        AppSpec two = app("two").spec();
        AppSpec both = app("both").spec();
        executors();
        List.of(WEB, two, both).forEach(this::register);
        InstanceId only = place(ID, a);
        place(two.id(), a);
        place(two.id(), b);
        InstanceId oneOfBoth = place(both.id(), a);
        place(both.id(), a);

        register(a, "c");
        assertAlone(ID, a);
        assertSpread(ID, Map.of("c", 1));
        assertSpread(two.id(), Map.of("b", 1, "c", 1));
        assertSpread(both.id(), Map.of("c", 2));

        register(a, "b");
        assertSpread(two.id(), Map.of("b", 2));
        end(oneOfBoth);
        assertAlone(both.id(), a);
        end(only);
        assertSpread(ID, Map.of());
    }

    @Test
    void slots_of_hosts_with_an_app_are_kept_in_step_from_its_first_instance_to_its_last() {
        executors();
        register(WEB);
        assertThat(occupied(room)).isEmpty();

        InstanceId first = place(ID, a);
        assertThat(occupied(room)).containsExactly(0);
        InstanceId second = place(ID, b);
        InstanceId third = place(ID, b);
        assertThat(occupied(room)).containsExactly(0, 1);
        end(second);
        end(first);
        assertThat(occupied(room)).containsExactly(1);
        end(third);
        assertThat(occupied(room)).isEmpty();
    }

    @Test
    void an_index_that_is_built_knows_apps_with_one_instance_and_with_several() {
        AppSpec other = app("other").spec();
        executors();
        register(WEB);
        register(other);
        place(ID, b);
        place(other.id(), b);
        place(other.id(), b);

        Room built = Room.of(state);

        assertThat(built.spread(ID)).isSameAs(host(built, b).alone());
        assertThat(Spreads.perHost(built, other.id())).isEqualTo(Map.of("b", 2));
        assertThat(built.spread(new AppId("nobody")).size()).isZero();
    }

    @Test
    void versions_that_are_first_asked_for_late_are_those_of_the_state_and_then_kept_in_step() {
        AppSpec second = app("web").spec("2");
        AppSpec third = app("web").spec("3");
        AppSpec other = app("other").spec();
        executors();
        register(WEB);
        register(second);
        register(other);
        record(new Change.AppDestroyed(ID));
        assertVersions("web", second.id());

        register(third);
        assertVersions("web", second.id(), third.id());
        register(WEB);
        assertVersions("web", ID, second.id(), third.id());
        record(new Change.AppDestroyed(second.id()));
        record(new Change.AppDestroyed(third.id()));
        assertVersions("web", ID);
        record(new Change.AppDestroyed(ID));
        assertVersions("web");
        assertVersions("other", other.id());
    }

    @Test
    void an_app_is_found_by_its_id_while_it_has_any_instance() {
        executors();
        register(WEB);
        assertVersions("web-1");

        InstanceId first = place(ID, a);
        assertVersions("web-1", ID);
        InstanceId second = place(ID, a);
        assertVersions("web-1", ID);
        end(first);
        assertVersions("web-1", ID);
        end(second);
        assertVersions("web-1");
        assertVersions("");
    }

    private void executors() {
        register(a, "a");
        register(b, "b");
    }

    private void register(ExecutorId executor, String host) {
        NumaNode node = new NumaNode(0, CORES, 1_000, CORES, 1_000);
        record(new Change.ExecutorRegistered(
                executor,
                host,
                new ExecutorInventory(host, 11_000, Transport.HTTP, new TreeSet<>(), List.of(node), Map.of()),
                0));
    }

    private void register(AppSpec spec) {
        record(new Change.AppRegistered(spec, 0));
    }

    private InstanceId place(AppId app, ExecutorId executor) {
        InstanceId id = new InstanceId(InstanceId.Kind.APP, 0, ++number);
        record(new Change.InstancePlaced(id, app, executor, new Allocation(0, CoreSet.EMPTY, 1), 0));
        return id;
    }

    private void end(InstanceId instance) {
        for (var app : state.durable().apps().values()) {
            if (app.instances().containsKey(instance)) {
                record(new Change.InstanceEnded(instance, app.id(), InstanceState.STOPPED, "", 0));
                return;
            }
        }
        throw new AssertionError("no " + instance);
    }

    /** Records the fact, and compares all that the index says of apps with what one says that is built from the state. */
    private void record(Change change) {
        Ledger ledger = new Ledger(state, new Now(0, 0), new Seed(1, 1), room);
        ledger.record(change);
        state = ledger.state();
        Room built = Room.of(state);
        for (AppId app : state.durable().apps().ids()) {
            Map<String, Integer> perHost = Spreads.perHost(state, app);
            assertThat(Spreads.perHost(room, app)).isEqualTo(perHost);
            assertThat(Spreads.perHost(built, app)).isEqualTo(perHost);
        }
    }

    private void assertSpread(AppId app, Map<String, Integer> perHost) {
        assertThat(Spreads.perHost(room, app)).isEqualTo(perHost);
    }

    /** That the app has one instance, there, and the index nothing of its own for it. */
    private void assertAlone(AppId app, ExecutorId executor) {
        assertThat(room.spread(app)).isSameAs(alone(executor));
    }

    private Spread alone(ExecutorId executor) {
        return host(room, executor).alone();
    }

    private static Host host(Room room, ExecutorId executor) {
        return room.machines().stream()
                .filter(machine -> machine.id().equals(executor))
                .findFirst()
                .orElseThrow()
                .host();
    }

    private void assertVersions(String nameOrId, AppId... expected) {
        assertThat(room.versions(nameOrId)).containsExactlyInAnyOrder(expected);
        assertThat(Room.of(state).versions(nameOrId)).containsExactlyInAnyOrder(expected);
    }

    private static List<Integer> occupied(Room room) {
        SlotSet occupied = room.occupied(ID);
        List<Integer> slots = new ArrayList<>();
        for (int slot = occupied.next(0); slot >= 0; slot = occupied.next(slot + 1)) {
            slots.add(slot);
        }
        return slots;
    }
}
