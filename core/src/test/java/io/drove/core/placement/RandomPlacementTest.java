package io.drove.core.placement;

import static io.drove.core.Apps.app;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.contract.Change;
import io.drove.core.contract.Now;
import io.drove.core.contract.Seed;
import io.drove.core.contract.SessionId;
import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.Limits;
import io.drove.core.state.Presence;
import io.drove.model.app.AppSpec;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite;
import io.drove.model.placement.PlacementPreference;
import io.drove.model.placement.PlacementPreference.AwayFrom;
import io.drove.model.placement.PlacementPreference.SpreadOver;
import io.drove.model.placement.Rejection;
import io.drove.model.placement.Rejection.Filter;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that changes what is free, in any order: the index that followed it, one built from the state, and a search through all executors
 * must give the same place, so that none over-commits, breaks a policy, or refuses what fits.
 */
final class RandomPlacementTest {
    private static final int STEPS = 250;
    private static final int APPS = 6;
    private static final int EXECUTORS = 12;

    private final Room room = new Room();
    private final List<AppSpec> apps = new ArrayList<>();
    private ClusterState state = ClusterState.empty(Limits.DEFAULT);
    private int placed;
    private int refused;

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void index_and_search_through_all_agree(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < APPS; i++) {
            AppSpec spec = app("app" + i)
                    .cores(1 + random.nextInt(4))
                    .memory(1 + random.nextInt(300))
                    .placed(policy(random, 2))
                    .preferring(preferences(random))
                    .spec();
            apps.add(spec);
            record(seed, i, ledger -> ledger.record(new Change.AppRegistered(spec, 0)));
        }
        for (int step = 0; step < STEPS; step++) {
            record(seed, APPS + step, ledger -> change(ledger, random));
            Request request = Request.of(apps.get(random.nextInt(APPS)));
            Outcome outcome = new Placement(room).place(request);
            Room built = Room.of(state);
            assertThat(new Placement(built).place(request)).isEqualTo(outcome);
            assertSpreadsAgree(built);
            switch (outcome) {
                case Outcome.Placed place -> {
                    placed++;
                    assertThat(place).isEqualTo(SimplePlacement.place(state, request));
                }
                case Outcome.NotPlaced no -> {
                    refused++;
                    assertThat(SimplePlacement.place(state, request)).isNull();
                    assertThat(no.rejection()).isEqualTo(SimplePlacement.explain(state, request));
                }
            }
        }
        assertThat(placed).isPositive();
        assertThat(refused).isPositive();
    }

    private void assertSpreadsAgree(Room built) {
        for (AppSpec app : apps) {
            Map<String, Integer> perHost = Spreads.perHost(state, app.id());
            assertThat(Spreads.perHost(room, app.id())).isEqualTo(perHost);
            assertThat(Spreads.perHost(built, app.id())).isEqualTo(perHost);
        }
    }

    private interface Step {
        void on(Ledger ledger);
    }

    private void record(int seed, int number, Step step) {
        Ledger ledger = new Ledger(state, new Now(number, number), new Seed(seed, number), room);
        step.on(ledger);
        state = ledger.state();
    }

    private void change(Ledger ledger, Random random) {
        ExecutorId executor = ExecutorId.of("host" + random.nextInt(EXECUTORS), 11_000);
        ExecutorRecord record = ledger.durable().executor(executor);
        if (record == null) {
            ledger.record(new Change.ExecutorRegistered(executor, "1", inventory(random), 0));
            ledger.presence(executor, new Presence(new SessionId(1), true, 0, false));
            return;
        }
        switch (random.nextInt(17)) {
            case 0 -> ledger.record(new Change.ExecutorRegistered(executor, "2", inventory(random), 0));
            case 1 ->
                ledger.record(
                        record.lost()
                                ? new Change.ExecutorReturned(executor, 0)
                                : new Change.ExecutorLost(executor, 0));
            case 2 -> ledger.presence(executor, new Presence(new SessionId(2), random.nextBoolean(), 0, false));
            case 3 -> {
                if (record.instances().isEmpty()) {
                    ledger.absent(executor);
                    ledger.record(new Change.ExecutorForgotten(executor));
                }
            }
            case 4 ->
                ledger.record(new Change.StrangerCondemned(
                        record.ghosts().isEmpty()
                                ? ledger.newInstanceId()
                                : record.ghosts().head()._1(),
                        executor,
                        0));
            case 5 ->
                record.ghosts()
                        .headOption()
                        .forEach(ghost -> ledger.record(new Change.GhostGone(ghost._1(), executor)));
            case 6 ->
                record.instances()
                        .headOption()
                        .forEach(instance ->
                                ledger.record(new Change.InstanceGivenUp(instance._1(), instance._2(), "", 0)));
            case 7, 8, 9 ->
                record.instances()
                        .headOption()
                        .forEach(instance -> ledger.record(
                                new Change.InstanceEnded(instance._1(), instance._2(), InstanceState.STOPPED, "", 0)));
            case 10 -> {
                AppSpec app = apps.get(random.nextInt(APPS));
                if (ledger.app(app.id()).instances().isEmpty()) {
                    ledger.record(new Change.AppDestroyed(app.id()));
                    ledger.record(new Change.AppRegistered(app, 0));
                }
            }
            default -> {
                AppSpec app = apps.get(random.nextInt(APPS));
                if (new Placement(room).place(Request.of(app)) instanceof Outcome.Placed place) {
                    InstanceId id = ledger.newInstanceId();
                    ledger.record(new Change.InstancePlaced(id, app.id(), place.executor(), place.allocation(), 0));
                }
            }
        }
    }

    private static ExecutorInventory inventory(Random random) {
        List<NumaNode> nodes = new ArrayList<>();
        int first = 0;
        for (int node = 0; node <= random.nextInt(3); node++) {
            int size = 1 + random.nextInt(7);
            CoreSet cores = CoreSet.of(IntStream.range(first, first + size).toArray());
            first += size;
            nodes.add(new NumaNode(node, cores, 100 + random.nextInt(900), cores, 1_000));
        }
        TreeSet<String> tags = new TreeSet<>();
        if (random.nextInt(3) == 0) {
            tags.add(random.nextBoolean() ? "ssd" : "gpu");
        }
        // Some share a machine, and so its rack; some have none.
        int machine = random.nextInt(9);
        Map<String, String> metadata = machine < 3 ? Map.of() : Map.of("rack", "r" + machine % 3);
        return new ExecutorInventory("m" + machine, 11_000, Transport.HTTP, tags, nodes, metadata);
    }

    private static PlacementPreference[] preferences(Random random) {
        List<PlacementPreference> preferences =
                new ArrayList<>(List.of(new SpreadOver("rack"), new AwayFrom(List.of("app0", "app1-1", ""))));
        if (random.nextBoolean()) {
            preferences = preferences.reversed();
        }
        return preferences.subList(0, random.nextInt(3)).toArray(PlacementPreference[]::new);
    }

    private static PlacementPolicy policy(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> new PlacementPolicy.OnePerHost();
            case 1 -> new PlacementPolicy.MaxPerHost(1 + random.nextInt(3));
            case 2 -> new PlacementPolicy.MatchTag(random.nextBoolean() ? "ssd" : "m1");
            case 3 -> new PlacementPolicy.NoTag();
            case 4 -> new PlacementPolicy.Any();
            default ->
                new Composite(
                        List.of(policy(random, depth - 1), policy(random, depth - 1)),
                        random.nextBoolean() ? Composite.Combiner.AND : Composite.Combiner.OR);
        };
    }

    /** Written for plainness: looks at every NUMA node of every executor, and counts everything from the state each time. */
    private static final class SimplePlacement {
        private record Choice(int onHost, int freeCores, ExecutorInventory where, Outcome.Placed place) {}

        static Outcome.@Nullable Placed place(ClusterState state, Request request) {
            List<Choice> choices = new ArrayList<>();
            for (ExecutorRecord executor : state.durable().executors().values()) {
                int onHost = onHost(state, request.app(), executor.inventory().hostname());
                boolean isOpen = state.observed().isReady(executor.id()) && !executor.lost();
                if (!isOpen || !allows(request.policy(), executor.inventory(), onHost)) {
                    continue;
                }
                for (NumaNode node : executor.inventory().nodes()) {
                    List<Integer> free = freeCores(state, executor, node);
                    long memory = freeMemory(state, executor, node);
                    if (free.size() >= request.cores() && memory >= request.memoryInMb()) {
                        Allocation allocation = new Allocation(
                                node.id(), CoreSet.of(free.subList(0, request.cores())), request.memoryInMb());
                        choices.add(new Choice(
                                onHost,
                                free.size(),
                                executor.inventory(),
                                new Outcome.Placed(executor.id(), allocation)));
                    }
                }
            }
            for (PlacementPreference preference : request.preferences()) {
                choices = preferred(state, request.app(), preference, choices);
            }
            return choices.stream()
                    .min(Comparator.comparingInt(Choice::onHost).thenComparingInt(Choice::freeCores))
                    .map(Choice::place)
                    .orElse(null);
        }

        static Rejection explain(ClusterState state, Request request) {
            TreeMap<Filter, Integer> counts = new TreeMap<>();
            int mostFree = -1;
            String nearest = "";
            for (ExecutorRecord executor : state.durable().executors().values()) {
                int onHost = onHost(state, request.app(), executor.inventory().hostname());
                boolean isOpen = state.observed().isReady(executor.id()) && !executor.lost();
                Filter filter = isOpen ? refusal(request.policy(), executor.inventory(), onHost) : Filter.NOT_ACCEPTING;
                if (filter == null) {
                    filter = Filter.CORES;
                    for (NumaNode node : executor.inventory().nodes()) {
                        int free = freeCores(state, executor, node).size();
                        filter = free >= request.cores() ? Filter.MEMORY : filter;
                        if (free > mostFree) {
                            mostFree = free;
                            nearest = "%s has %d of %d cores and %d of %d MB free on NUMA node %d"
                                    .formatted(
                                            executor.inventory().hostname(),
                                            free,
                                            request.cores(),
                                            freeMemory(state, executor, node),
                                            request.memoryInMb(),
                                            node.id());
                        }
                    }
                }
                counts.merge(filter, 1, Integer::sum);
            }
            return new Rejection(state.durable().executors().size(), counts, nearest);
        }

        private static @Nullable Filter refusal(PlacementPolicy policy, ExecutorInventory executor, int onHost) {
            if (allows(policy, executor, onHost)) {
                return null;
            }
            return switch (policy) {
                case PlacementPolicy.Any _, PlacementPolicy.Local _ -> throw new AssertionError("refuses nobody");
                case PlacementPolicy.OnePerHost _, PlacementPolicy.MaxPerHost _ -> Filter.PER_HOST;
                case PlacementPolicy.MatchTag _, PlacementPolicy.NoTag _ -> Filter.TAG;
                case PlacementPolicy.RuleBased _ -> Filter.RULE;
                case Composite composite -> {
                    for (PlacementPolicy part : composite.policies()) {
                        Filter refused = refusal(part, executor, onHost);
                        if (refused != null) {
                            yield refused;
                        }
                    }
                    throw new AssertionError("refuses nobody");
                }
            };
        }

        private static List<Integer> freeCores(ClusterState state, ExecutorRecord executor, NumaNode node) {
            List<Allocation> held = held(state, executor, node.id());
            return node.cores().toList().stream()
                    .filter(core -> held.stream().noneMatch(one -> one.cores().contains(core)))
                    .toList();
        }

        private static long freeMemory(ClusterState state, ExecutorRecord executor, NumaNode node) {
            return node.memoryInMb()
                    - held(state, executor, node.id()).stream()
                            .mapToLong(Allocation::memoryInMb)
                            .sum();
        }

        private static List<Choice> preferred(
                ClusterState state, AppId app, PlacementPreference preference, List<Choice> choices) {
            return switch (preference) {
                case AwayFrom away -> {
                    List<Choice> apart = choices.stream()
                            .filter(choice -> state.durable()
                                    .apps()
                                    .values()
                                    .filter(other -> !other.id().equals(app))
                                    .filter(other -> away.apps()
                                                    .contains(other.spec().name())
                                            || away.apps().contains(other.id().value()))
                                    .forAll(other -> onHost(state, other.id(), choice.where.hostname()) == 0))
                            .toList();
                    yield apart.isEmpty() ? choices : apart;
                }
                case SpreadOver over -> {
                    Map<String, Integer> counts = new HashMap<>();
                    for (var instance :
                            requireNonNull(state.durable().app(app)).instances().values()) {
                        counts.merge(
                                value(
                                        requireNonNull(state.durable().executor(instance.executor()))
                                                .inventory(),
                                        over),
                                1,
                                Integer::sum);
                    }
                    int fewest = choices.stream()
                            .mapToInt(choice -> counts.getOrDefault(value(choice.where, over), 0))
                            .min()
                            .orElse(0);
                    yield choices.stream()
                            .filter(choice -> counts.getOrDefault(value(choice.where, over), 0) == fewest)
                            .toList();
                }
            };
        }

        private static String value(ExecutorInventory executor, SpreadOver over) {
            return executor.metadata().getOrDefault(over.label(), "");
        }

        private static int onHost(ClusterState state, AppId app, String host) {
            return requireNonNull(state.durable().app(app))
                    .instances()
                    .values()
                    .count(instance -> requireNonNull(state.durable().executor(instance.executor()))
                            .inventory()
                            .hostname()
                            .equals(host));
        }

        private static List<Allocation> held(ClusterState state, ExecutorRecord executor, int node) {
            List<Allocation> held = new ArrayList<>();
            executor.ghosts().values().forEach(held::add);
            for (var app : state.durable().apps().values()) {
                for (InstanceRecord instance : app.instances().values()) {
                    if (instance.executor().equals(executor.id())) {
                        held.add(instance.allocation());
                    }
                }
            }
            held.removeIf(one -> one.numaNode() != node);
            return held;
        }

        private static boolean allows(PlacementPolicy policy, ExecutorInventory executor, int onHost) {
            return switch (policy) {
                case PlacementPolicy.Any _, PlacementPolicy.Local _ -> true;
                case PlacementPolicy.OnePerHost _ -> onHost == 0;
                case PlacementPolicy.MaxPerHost most -> onHost < most.max();
                case PlacementPolicy.MatchTag match -> executor.tags().contains(match.tag());
                case PlacementPolicy.NoTag _ -> !executor.isTagged();
                case PlacementPolicy.RuleBased _ -> false;
                case Composite all
                when all.combiner() == Composite.Combiner.AND ->
                    all.policies().stream().allMatch(part -> allows(part, executor, onHost));
                case Composite any -> any.policies().stream().anyMatch(part -> allows(part, executor, onHost));
            };
        }
    }
}
