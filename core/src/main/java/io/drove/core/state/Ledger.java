package io.drove.core.state;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import io.drove.core.contract.Command;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Now;
import io.drove.core.contract.Seed;
import io.drove.model.app.AppState;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decision being made: the state so far, and all that comes out of it. Mutable, and never leaves the decision. Everything that must happen whenever a
 * fact is recorded (happenings, deadlines that end with what they were for, apps to look at again) happens here, once.
 */
public final class Ledger {
    private final Now now;
    private final Ids ids;
    private final Follower follower;
    private final List<Change> changes = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final Set<AppId> toldOfEndpoints = new HashSet<>();
    private ClusterState state;
    private int acts;

    /** Hears of every change right after it was applied, so that an index can keep in step. */
    @FunctionalInterface
    public interface Follower {
        void follow(Durable before, Change change, Durable after);

        /** Hears of every change of who is connected and has told its instances. */
        default void present(ExecutorId executor, boolean isReady) {}
    }

    public Ledger(ClusterState state, Now now, Seed seed, Follower follower) {
        this.state = state;
        this.now = now;
        this.ids = new Ids(seed);
        this.follower = follower;
    }

    public ClusterState state() {
        return state;
    }

    public Durable durable() {
        return state.durable();
    }

    public Observed observed() {
        return state.observed();
    }

    public Limits limits() {
        return state.limits();
    }

    /** Monotonic nanoseconds of the epoch. */
    public long now() {
        return now.nanos();
    }

    /** Wall time in milliseconds. */
    public long wall() {
        return now.wallMillis();
    }

    public List<Change> changes() {
        return changes;
    }

    public List<Command> commands() {
        return commands;
    }

    public List<Happening> happenings() {
        return happenings;
    }

    public InstanceId newInstanceId() {
        return ids.nextInstance();
    }

    public OperationId newOperationId() {
        return ids.nextOperation();
    }

    public ClusterId newClusterId() {
        return ids.nextCluster();
    }

    public AppRecord app(AppId id) {
        return requireNonNull(durable().app(id));
    }

    /** Whether this decision has done as much as one may; the rest is for the next. */
    public boolean isFull() {
        return acts >= limits().actsPerDecision();
    }

    /** Whether any executor is lost that holds live instances. */
    public boolean hasLostHolders() {
        return !durable().lostHolders().isEmpty();
    }

    /** Records a fact: applies it, and does what follows from it wherever it comes from. */
    public void record(Change change) {
        AppState before = appState(change);
        ClusterState previous = state;
        state = state.apply(change);
        changes.add(change);
        follower.follow(previous.durable(), change, state.durable());
        follow(previous, change);
        AppState after = appState(change);
        if (after != null && after != before) {
            happenings.add(new Happening.AppMoved(requireNonNull(appOf(change)), after));
        }
    }

    public void command(Command command) {
        commands.add(command);
    }

    public void happen(Happening happening) {
        happenings.add(happening);
    }

    public void observe(Observed observed) {
        state = state.with(observed);
    }

    /** Everything that was seen is forgotten: an epoch begins. */
    public void forgetObserved() {
        observed().presences().keySet().forEach(executor -> follower.present(executor, false));
        observe(Observed.nothing(now()));
    }

    public void arm(Due due, long nanos) {
        observe(observed().withDeadlines(observed().deadlines().arm(due, nanos)));
    }

    public void disarm(Due due) {
        observe(observed().withDeadlines(observed().deadlines().disarm(due)));
    }

    /** This app may need starts or stops. */
    public void unsettle(AppId app) {
        if (!observed().unsettled().contains(app)) {
            observe(observed().withUnsettled(observed().unsettled().add(app)));
        }
    }

    public void settled(AppId app) {
        observe(observed().withUnsettled(observed().unsettled().remove(app)));
    }

    public void presence(ExecutorId executor, Presence presence) {
        observe(observed().withPresences(observed().presences().put(executor, presence)));
        follower.present(executor, presence.isReady());
    }

    public void absent(ExecutorId executor) {
        observe(observed().withPresences(observed().presences().remove(executor)));
        follower.present(executor, false);
    }

    public void sighting(InstanceId instance, Sighting sighting) {
        observe(observed().withSightings(observed().sightings().put(instance, sighting)));
    }

    public void backOff(AppId app, @Nullable BackOff backOff) {
        observe(observed()
                .withBackOffs(
                        backOff == null
                                ? observed().backOffs().remove(app)
                                : observed().backOffs().put(app, backOff)));
    }

    public void progress(AppId app, Progress progress) {
        observe(observed().withProgress(observed().progress().put(app, progress)));
    }

    /** Why this app has instances that cannot be placed; null when it has none. */
    public void notPlaced(AppId app, @Nullable String why) {
        if (why != null) {
            observe(observed().withNotPlaced(observed().notPlaced().put(app, why)));
        } else if (observed().notPlaced().containsKey(app)) {
            observe(observed().withNotPlaced(observed().notPlaced().remove(app)));
        }
    }

    public void seen() {
        observe(observed().withSeen(now()));
    }

    public void patience(long until) {
        observe(observed().withPatienceUntil(until));
    }

    public void givenUp(Observed.GivenUp givenUp) {
        observe(observed().withGivenUp(givenUp));
    }

    private void follow(ClusterState previous, Change change) {
        switch (change) {
            case Change.InstancePlaced fact -> {
                acts++;
                happen(new Happening.InstanceMoved(
                        fact.instance(), fact.app(), fact.executor(), InstanceState.PENDING, "", fact.at(), List.of()));
                unsettle(fact.app());
            }
            case Change.InstanceHealthy fact -> {
                disarm(new Due.StartOverdue(fact.instance(), fact.app()));
                unsettle(fact.app());
            }
            case Change.InstanceFailed fact -> {
                disarm(new Due.StartOverdue(fact.instance(), fact.app()));
                unsettle(fact.app());
            }
            case Change.InstanceCondemned fact -> {
                acts++;
                InstanceRecord instance = requireNonNull(previous.durable().instance(fact.app(), fact.instance()));
                disarm(new Due.StartOverdue(fact.instance(), fact.app()));
                arm(new Due.StopOverdue(fact.instance(), fact.app()), now() + limits().stopRetry());
                moved(instance, InstanceState.STOPPING, "", ports(instance));
                unsettle(fact.app());
            }
            case Change.InstanceEnded fact -> {
                InstanceRecord instance = requireNonNull(previous.durable().instance(fact.app(), fact.instance()));
                moved(instance, fact.state(), fact.error(), ports(instance));
                ended(fact.instance(), fact.app());
            }
            case Change.InstanceGivenUp fact -> {
                acts++;
                InstanceRecord instance = requireNonNull(previous.durable().instance(fact.app(), fact.instance()));
                moved(instance, InstanceState.LOST, fact.error(), ports(instance));
                ended(fact.instance(), fact.app());
            }
            case Change.OperationStarted fact -> unsettle(fact.what().appId());
            case Change.OperationEnded fact -> {
                disarm(new Due.OperationStalled(fact.operation(), fact.app()));
                observe(observed().withProgress(observed().progress().remove(fact.app())));
                unsettle(fact.app());
            }
            case Change.DesiredSet fact -> unsettle(fact.app());
            case Change.AppDestroyed fact -> forget(fact.app());
            case Change.ExecutorRegistered fact -> {
                if (previous.durable().executor(fact.executor()) == null) {
                    happen(new Happening.ExecutorAdded(fact.executor()));
                }
            }
            case Change.ExecutorReturned fact -> {
                disarm(new Due.ExecutorStale(fact.executor()));
                happen(new Happening.ExecutorAdded(fact.executor()));
                tellOfEndpoints(fact.executor());
                // What may stop depends on how many can be reached.
                appsOn(fact.executor()).forEach(this::unsettle);
            }
            case Change.ExecutorLost fact -> {
                arm(new Due.ExecutorStale(fact.executor()), now() + limits().executorShown());
                happen(new Happening.ExecutorRemoved(fact.executor()));
                tellOfEndpoints(fact.executor());
            }
            case Change.EpochBegun fact -> happen(new Happening.LeadershipAcquired(fact.epoch()));
            case Change.AppRegistered _,
                    Change.StrangerCondemned _,
                    Change.GhostGone _,
                    Change.ExecutorForgotten _ -> {}
        }
    }

    /**
     * Where apps are reached has changed. Clients look again at events of apps and instances only, and no instance has moved. Once for each app: when many
     * executors go in one decision, clients look at what is then.
     */
    private void tellOfEndpoints(ExecutorId executor) {
        for (AppId id : appsOn(executor)) {
            if (app(id).spec().exposureSpec() != null && toldOfEndpoints.add(id)) {
                happen(new Happening.AppMoved(id, app(id).state()));
            }
        }
    }

    private Iterable<AppId> appsOn(ExecutorId executor) {
        return requireNonNull(durable().executor(executor)).instances().values().toSortedSet();
    }

    private void ended(InstanceId instance, AppId app) {
        disarm(new Due.StartOverdue(instance, app));
        disarm(new Due.StopOverdue(instance, app));
        observe(observed().withoutInstance(instance));
        unsettle(app);
    }

    private void forget(AppId app) {
        disarm(new Due.AppRetry(app));
        settled(app);
        backOff(app, null);
        notPlaced(app, null);
        happen(new Happening.AppMoved(app, AppState.DESTROYED));
    }

    /** That this instance is in another state is told to those who follow. */
    public void moved(InstanceRecord instance, InstanceState to, String error, List<PortBinding> ports) {
        happen(new Happening.InstanceMoved(
                instance.id(), instance.app(), instance.executor(), to, error, instance.created(), ports));
    }

    /** Its host ports: as they were when it was healthy, else as they were told last. */
    private List<PortBinding> ports(InstanceRecord instance) {
        if (!instance.ports().isEmpty()) {
            return instance.ports();
        }
        Sighting sighting = observed().sighting(instance.id());
        return sighting == null ? List.of() : sighting.ports();
    }

    private @Nullable AppState appState(Change change) {
        AppId app = appOf(change);
        AppRecord record = app == null ? null : durable().app(app);
        return record == null ? null : record.state();
    }

    private static @Nullable AppId appOf(Change change) {
        return switch (change) {
            case Change.AppRegistered fact -> fact.spec().id();
            case Change.DesiredSet fact -> fact.app();
            case Change.OperationStarted fact -> fact.what().appId();
            case Change.OperationEnded fact -> fact.app();
            case Change.EpochBegun _,
                    Change.AppDestroyed _,
                    Change.InstancePlaced _,
                    Change.InstanceHealthy _,
                    Change.InstanceFailed _,
                    Change.InstanceCondemned _,
                    Change.InstanceEnded _,
                    Change.InstanceGivenUp _,
                    Change.StrangerCondemned _,
                    Change.GhostGone _,
                    Change.ExecutorRegistered _,
                    Change.ExecutorLost _,
                    Change.ExecutorReturned _,
                    Change.ExecutorForgotten _ -> null;
        };
    }
}
