package io.drove.core.agent;

import io.drove.model.app.AppSpec;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The executor's decisions. One caller at a time; every step is deterministic in its inputs and the times passed.
 *
 * <p>Promises: an instance is started at most once for its id; a container is stopped only by an order that names its instance, or because the
 * instance itself failed; orders of another cluster or of an epoch older than the highest stored are refused; no host port and no core has
 * two takers; whatever waits has a deadline.
 */
public final class Agent {
    private static final String CORES_AWAY = "Cores are offline: ";

    private final AgentSettings settings;
    private final Deadlines deadlines = new Deadlines();
    private final HostPorts hostPorts;
    private final Outbox outbox;
    private final Lifecycle lifecycle;
    private final Session session;
    private final SortedMap<InstanceId, Instance> instances = new TreeMap<>();
    /** Ended instances, oldest first. */
    private final Map<InstanceId, Instance> tombstones = new LinkedHashMap<>();
    /** Instances that were to be stopped before they were known: should their start come late, it is not obeyed. */
    private final Map<InstanceId, String> stoppedUnseen = new LinkedHashMap<>();

    private final Map<Integer, InstanceId> coresHeld = new HashMap<>();
    /** Containers of our kind found before this executor belonged to a cluster. */
    private List<FoundContainer> unclaimed = List.of();

    private Turn turn = new Turn(0, 0);
    private boolean hasBegun;
    /** What {@link #nextDeadline} was after the last step: one that is handled long after it tells of a pause of this process. */
    private long due = Deadlines.NONE;

    public Agent(AgentSettings settings) {
        this.settings = settings;
        this.outbox = new Outbox(settings.limits().gather().toNanos());
        this.hostPorts = new HostPorts(
                settings.ports(), settings.limits().portAvoidance().toNanos());
        this.lifecycle = new Lifecycle(settings, deadlines, hostPorts, this::changed, this::ended);
        this.session = new Session(settings, new Book());
    }

    /**
     * One step.
     *
     * @param nowNanos monotonic time since an origin of the caller's, never decreasing
     * @param wallMillis wall clock, for records only
     * @return what is to be done, in this order
     */
    public List<Effect> handle(AgentInput input, long nowNanos, long wallMillis) {
        turn = new Turn(nowNanos, wallMillis);
        if (due != Deadlines.NONE
                && nowNanos - due > settings.limits().heartbeat().toNanos()) {
            lifecycle.paused(nowNanos);
        }
        switch (input) {
            case AgentInput.Began began -> begin(began.containers());
            case AgentInput.TimePassed ignored -> timePassed();
            case AgentInput.Connected up -> session.connected(turn, up.connection());
            case AgentInput.Disconnected down -> session.disconnected(turn, down.connection(), down.reason());
            case AgentInput.Received got -> session.received(turn, got.connection(), got.sequence(), got.frame());
            case AgentInput.Sent sent -> session.sent(sent.connection());
            case AgentInput.Persisted stored -> session.persisted(turn, stored.cluster(), stored.epoch());
            case AgentInput.PersistFailed failed -> session.persistFailed(turn, failed.reason());
            case AgentInput.Done done -> done(done);
            case AgentInput.Died died -> died(died.instance(), exitText(died.exitCode()));
            case AgentInput.Surveyed survey -> surveyed(survey);
            case AgentInput.LimitsWrong wrong -> limitsWrong(wrong);
            case AgentInput.InventoryChanged change -> inventoryChanged(change);
            case AgentInput.Leave leave -> session.leave(turn, leave.reason());
        }
        session.flush(turn);
        due = nextDeadline();
        return turn.effects;
    }

    /** When {@link AgentInput.TimePassed} is due; {@link Long#MAX_VALUE} for never. */
    public long nextDeadline() {
        return Math.min(deadlines.earliest(), session.nextDeadline());
    }

    /** What it says of all instances, ended ones that are not forgotten included, in the order of their ids. */
    public List<InstanceReport> reports() {
        return instances.values().stream().map(Instance::report).toList();
    }

    public AgentStatus status() {
        SortedMap<InstanceState, Integer> counts = new TreeMap<>();
        instances.values().forEach(instance -> counts.merge(instance.state, 1, Integer::sum));
        return new AgentStatus(
                hasBegun, session.phase() == Session.Phase.OPEN, session.cluster(), session.highestEpoch(), counts);
    }

    private void begin(List<FoundContainer> containers) {
        if (hasBegun) {
            return;
        }
        hasBegun = true;
        ClusterId cluster = session.cluster();
        if (cluster == null) {
            unclaimed = containers;
        } else {
            adopt(cluster, containers);
        }
        // Who was healthy before our restart shall be so in the first report, or it would be taken out of service for
        // nothing.
        session.dialAt(turn.now + settings.limits().adoptionWait().toNanos());
        dialWhenAllAreSeen();
    }

    private void adopt(ClusterId cluster, List<FoundContainer> containers) {
        for (FoundContainer found : containers) {
            if (!found.cluster().equals(cluster) || instances.containsKey(found.instance())) {
                continue;
            }
            Instance instance = new Instance(found.instance(), cluster, found.spec(), found.allocation(), null, turn);
            instance.ports = found.ports();
            instances.put(instance.id, instance);
            holdCores(instance);
            switch (found.life()) {
                case RUNNING -> lifecycle.adoptRunning(turn, instance);
                case CREATED ->
                    lifecycle.adoptDead(turn, instance, "The executor was restarted while it started the container");
                case EXITED -> lifecycle.adoptDead(turn, instance, exitText(found.exitCode()));
            }
        }
    }

    private void timePassed() {
        for (int handled = 0; handled < settings.limits().duePerStep(); handled++) {
            InstanceId due = deadlines.due(turn.now);
            if (due == null) {
                break;
            }
            Instance instance = instances.get(due);
            if (instance == null) {
                throw new IllegalStateException("a deadline of " + due + ", which is not known");
            }
            lifecycle.expire(turn, instance);
        }
        session.timePassed(turn);
    }

    private void done(AgentInput.Done done) {
        Instance instance = instances.get(done.instance());
        if (instance == null) {
            if (done.outcome() instanceof Outcome.Created created) {
                turn.add(new Effect.RemoveContainer(done.instance(), 0, created.container()));
            }
            return;
        }
        if (instance.call != 0 && instance.call == done.call()) {
            lifecycle.answer(turn, instance, done.outcome());
        } else {
            lifecycle.lateAnswer(turn, instance, done.outcome());
        }
        dialWhenAllAreSeen();
    }

    /** Does not wait longer than it must for what became of adopted instances. */
    private void dialWhenAllAreSeen() {
        if (session.isBeforeFirstDial()
                && instances.values().stream().noneMatch(instance -> instance.isUnseen && instance.failures == 0)) {
            session.dialAt(turn.now);
        }
    }

    private void died(InstanceId id, String reason) {
        Instance instance = instances.get(id);
        if (instance != null) {
            lifecycle.died(turn, instance, reason);
            dialWhenAllAreSeen();
        }
    }

    private void surveyed(AgentInput.Surveyed survey) {
        Map<InstanceId, FoundContainer> found = new HashMap<>();
        survey.containers().forEach(container -> found.put(container.instance(), container));
        for (Instance instance : List.copyOf(instances.values())) {
            if (instance.started >= survey.begunNanos()) {
                continue;
            }
            FoundContainer container = found.get(instance.id);
            if (container == null) {
                lifecycle.died(turn, instance, "The container is gone");
            } else if (container.life() != FoundContainer.Life.RUNNING) {
                lifecycle.died(turn, instance, exitText(container.exitCode()));
            }
        }
    }

    private static String exitText(int exitCode) {
        return "Container exited with status: " + exitCode;
    }

    private void limitsWrong(AgentInput.LimitsWrong wrong) {
        Instance instance = instances.get(wrong.instance());
        if (instance != null && !instance.isEnded()) {
            lifecycle.warn(turn, instance, wrong.message());
        }
    }

    /** Tells the leader, and says at each instance whether its cores are still there: the kernel moves it to the others that it has. */
    private void inventoryChanged(AgentInput.InventoryChanged change) {
        session.inventoryChanged(change.digest(), change.inventory());
        for (Instance instance : instances.values()) {
            if (instance.isEnded()) {
                continue;
            }
            List<String> away = instance.allocation.cores().stream()
                    .filter(core -> change.inventory().nodes().stream()
                            .noneMatch(node -> node.cores().contains(core)))
                    .mapToObj(String::valueOf)
                    .toList();
            if (away.isEmpty()) {
                lifecycle.allClear(turn, instance, CORES_AWAY);
            } else {
                lifecycle.warn(turn, instance, CORES_AWAY + String.join(", ", away));
            }
        }
    }

    private void changed(Instance instance) {
        outbox.changed(instance.id, instance.state, turn.now);
    }

    private void ended(Instance instance) {
        coresHeld.values().removeIf(instance.id::equals);
        tombstones.put(instance.id, instance);
        if (!settings.keepsImages()) {
            removeImage(instance);
        }
        if (tombstones.size() > settings.limits().tombstonesMax()) {
            InstanceId oldest = tombstones.keySet().iterator().next();
            tombstones.remove(oldest);
            instances.remove(oldest);
        }
    }

    private void removeImage(Instance instance) {
        String image = Environment.image(instance.spec);
        boolean isUsed = instances.values().stream()
                .anyMatch(other ->
                        !other.isEnded() && Environment.image(other.spec).equals(image));
        if (!isUsed) {
            turn.add(new Effect.RemoveImage(image));
        }
    }

    private void holdCores(Instance instance) {
        instance.allocation.cores().stream().forEach(core -> coresHeld.putIfAbsent(core, instance.id));
    }

    /** What the session may do to the agent. */
    private final class Book implements Session.Orders {
        @Override
        public void start(Turn now, ToExecutor.Start order, AppSpec spec) {
            ClusterId cluster = session.cluster();
            if (cluster == null || instances.containsKey(order.instance())) {
                return;
            }
            Instance instance =
                    new Instance(order.instance(), cluster, spec, order.allocation(), order.authToken(), now);
            instances.put(instance.id, instance);
            String stopped = stoppedUnseen.remove(instance.id);
            List<String> conflicts = conflicts(instance);
            if (stopped != null) {
                lifecycle.refuse(now, instance, "Stopped before it was started: " + stopped);
            } else if (!conflicts.isEmpty()) {
                lifecycle.refuse(now, instance, "Cores are still in use: " + String.join(", ", conflicts));
            } else {
                holdCores(instance);
                lifecycle.begin(now, instance);
            }
        }

        private List<String> conflicts(Instance instance) {
            List<String> conflicts = new ArrayList<>();
            instance.allocation.cores().stream().forEach(core -> {
                InstanceId holder = coresHeld.get(core);
                if (holder != null) {
                    conflicts.add(core + " by " + holder);
                }
            });
            return conflicts;
        }

        @Override
        public void stop(Turn now, ToExecutor.Stop order) {
            Instance instance = instances.get(order.instance());
            if (instance != null) {
                lifecycle.stop(now, instance);
                return;
            }
            stoppedUnseen.put(order.instance(), order.reason());
            if (stoppedUnseen.size() > settings.limits().tombstonesMax()) {
                stoppedUnseen.remove(stoppedUnseen.keySet().iterator().next());
            }
        }

        @Override
        public void forget(Turn now, ToExecutor.Forget order) {
            for (InstanceId id : order.instances()) {
                stoppedUnseen.remove(id);
                if (tombstones.remove(id) != null) {
                    instances.remove(id);
                }
            }
        }

        @Override
        public void joined(Turn now, ClusterId cluster) {
            adopt(cluster, unclaimed);
            unclaimed = List.of();
        }

        @Override
        public void opened(Turn now) {
            outbox.restart(instances.keySet(), now.now);
        }

        @Override
        public long frameDue() {
            return outbox.due();
        }

        @Override
        public ToController nextFrame() {
            return outbox.next(this::report);
        }

        private @Nullable InstanceReport report(InstanceId id) {
            Instance instance = instances.get(id);
            return instance == null ? null : instance.report();
        }

        @Override
        public void received(Turn now, long order) {
            outbox.received(order, now.now);
        }
    }
}
