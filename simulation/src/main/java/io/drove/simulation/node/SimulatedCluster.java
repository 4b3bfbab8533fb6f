package io.drove.simulation.node;

import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.id.AppId;
import io.drove.model.resource.CoreSet;
import io.drove.model.wire.SessionCodec;
import io.drove.simulation.engine.AppTemper;
import io.drove.simulation.engine.EngineWatcher;
import io.drove.simulation.engine.SimulatedEngine;
import io.drove.simulation.journal.JournalGroup;
import io.drove.simulation.journal.JournalTemper;
import io.drove.simulation.network.NetworkTemper;
import io.drove.simulation.network.SimulatedNetwork;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.SimulatedProcess;
import io.drove.simulation.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All machines, processes and wires of one world, and the tempers by which faults act on them. */
public final class SimulatedCluster {
    private static final int API_PORT = 11_000;

    private final Timeline timeline;
    private final Dice dice;
    private final JournalTemper journalTemper = new JournalTemper();
    private final NetworkTemper networkTemper = new NetworkTemper();
    private final TreeMap<AppId, AppTemper> appTempers = new TreeMap<>();
    private final JournalGroup journal;
    private final SimulatedNetwork network;
    private final List<ControllerNode> controllers = new ArrayList<>();
    private final List<ExecutorNode> executors = new ArrayList<>();

    /** Who sees what happens. */
    public record Watchers(JournalGroup.Watcher journal, EngineWatcher engines, NodeWatcher nodes) {}

    /** How large it is. */
    public record Size(int controllers, int executors, boolean usesCodec) {}

    public SimulatedCluster(Timeline timeline, Dice dice, Size size, Seams seams, Watchers watchers) {
        this.timeline = timeline;
        this.dice = dice;
        this.journal = new JournalGroup(timeline, dice.split(), journalTemper, watchers.journal());
        this.network = new SimulatedNetwork(
                timeline, dice.split(), networkTemper, size.usesCodec() ? new SessionCodec() : null);
        for (int i = 0; i < size.controllers(); i++) {
            controllers.add(
                    new ControllerNode("controller-" + i, timeline, dice.split(), journal, seams, watchers.nodes()));
        }
        for (int i = 0; i < size.executors(); i++) {
            ExecutorInventory inventory = inventory("host-" + i);
            SimulatedEngine engine =
                    new SimulatedEngine(inventory.hostname(), timeline, dice.split(), this::temper, watchers.engines());
            executors.add(new ExecutorNode(
                    inventory, timeline, dice.split(), network, this::controllers, engine, seams, watchers.nodes()));
        }
    }

    /** One or two NUMA nodes of different sizes; some machines promise more cores than they have. */
    private ExecutorInventory inventory(String hostname) {
        boolean isOverProvisioned = dice.chance(0.25);
        int nodes = dice.between(1, 2);
        int factor = isOverProvisioned ? dice.between(2, 4) : 1;
        List<NumaNode> all = new ArrayList<>();
        int next = 0;
        for (int node = 0; node < nodes; node++) {
            int physical = dice.between(2, 8);
            int[] ids = IntStream.range(next, next + physical * factor).toArray();
            int[] physicalIds = IntStream.range(next, next + physical).toArray();
            next += physical * factor;
            long memory = dice.between(4, 32) * 1_024L;
            all.add(new NumaNode(node, CoreSet.of(ids), memory, CoreSet.of(physicalIds), memory));
        }
        TreeSet<String> tags = new TreeSet<>();
        if (dice.chance(0.15)) {
            tags.add("gpu");
        }
        Map<String, String> labels = dice.chance(0.8) ? Map.of("rack", "rack-" + dice.between(0, 1)) : Map.of();
        return new ExecutorInventory(hostname, API_PORT, Transport.HTTP, tags, all, labels);
    }

    public Timeline timeline() {
        return timeline;
    }

    public JournalGroup journal() {
        return journal;
    }

    public JournalTemper journalTemper() {
        return journalTemper;
    }

    public NetworkTemper networkTemper() {
        return networkTemper;
    }

    public SimulatedNetwork network() {
        return network;
    }

    public List<ControllerNode> controllers() {
        return controllers;
    }

    public List<ExecutorNode> executors() {
        return executors;
    }

    /** How containers of that app behave. */
    public AppTemper temper(AppId app) {
        return appTempers.computeIfAbsent(app, _ -> new AppTemper());
    }

    /** A controller that believes to lead and is awake, or null; several may. */
    public @Nullable ControllerNode leader() {
        ControllerNode found = null;
        for (ControllerNode node : controllers) {
            boolean isReal = node.process().name().equals(journal.leaderName());
            if (node.believesToLead() && node.process().isAwake() && (found == null || isReal)) {
                found = node;
            }
        }
        return found;
    }

    public List<SimulatedProcess> processes() {
        List<SimulatedProcess> all = new ArrayList<>();
        controllers.forEach(node -> all.add(node.process()));
        executors.forEach(node -> all.add(node.process()));
        return all;
    }

    /** Everything starts, one after the other, with clocks that differ by minutes. */
    public void start() {
        processes().forEach(process -> process.jump(dice.between(-300, 300) * 1_000L));
        controllers.forEach(node -> timeline.after(dice.millis(0, 3_000), node::start));
        executors.forEach(node -> timeline.after(dice.millis(0, 8_000), node::start));
    }

    public void kill(ControllerNode node) {
        SimulatedProcess process = node.process();
        node.kill();
        network.processEnded(process, false);
    }

    /** Every process runs, every wire works, and everything behaves; but of the machines that are down, some stay so. */
    public void mend() {
        network.heal();
        networkTemper.mend();
        journalTemper.lateCommits = 0;
        journalTemper.refusals = 0;
        journalTemper.syncMax = 15;
        journalTemper.beliefMax = 3_000;
        appTempers.values().forEach(AppTemper::mend);
        for (ExecutorNode node : executors) {
            boolean wasDown = node.engine().isDown();
            node.engine().mend();
            if (wasDown) {
                node.restartEngine(0);
            }
        }
        processes().forEach(SimulatedProcess::resume);
        controllers.forEach(ControllerNode::start);
        for (ExecutorNode node : executors) {
            if (dice.chance(0.3)) {
                node.scrapIfDown();
            }
            node.regainPower();
        }
        controllers.forEach(node -> journal.separate(node.disk(), 0));
    }
}
