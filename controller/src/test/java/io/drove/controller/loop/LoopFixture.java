package io.drove.controller.loop;

import io.drove.core.contract.Command;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Input;
import io.drove.core.contract.Seed;
import io.drove.core.contract.SessionId;
import io.drove.core.planner.Decider;
import io.drove.core.planner.Planner;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Limits;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.InstanceReport;
import java.util.ArrayList;
import java.util.List;

/** A loop with a journal, a clock and outlets that the test holds. */
public final class LoopFixture {
    public final ManualClock clock = new ManualClock();
    public final ManualJournal journal;
    public final Replica replica = new Replica(Limits.DEFAULT, true);
    public final ControlLoop loop;
    public final List<Command> commands = new ArrayList<>();
    public final List<Happening> happenings = new ArrayList<>();
    /** Everything that left, in words and in order. */
    public final List<String> left = new ArrayList<>();

    private final List<CommandSink> commandSinks = new ArrayList<>();
    private final List<LeadershipSink> leadershipSinks = new ArrayList<>();
    private long seeds;

    public LoopFixture(boolean commitsAtOnce) {
        this(commitsAtOnce, new Planner(), LoopLimits.DEFAULT);
    }

    LoopFixture(boolean commitsAtOnce, Decider decider, LoopLimits limits) {
        journal = new ManualJournal(commitsAtOnce);
        loop = new ControlLoop(new ControlLoop.Parts(
                decider, replica, journal, clock, () -> new Seed(++seeds, 7), limits, LoopObserver.NONE));
        loop.connect(new Outlets(this::commanded, this::happened, new LeadershipSink() {
            @Override
            public void serving(long epoch, ClusterState state) {
                left.add("serving " + epoch);
                leadershipSinks.forEach(sink -> sink.serving(epoch, state));
            }

            @Override
            public void ended() {
                left.add("ended");
                leadershipSinks.forEach(LeadershipSink::ended);
            }
        }));
        journal.start(replica, loop);
    }

    private void commanded(ClusterState after, List<Command> all) {
        commands.addAll(all);
        left.add("commands");
        commandSinks.forEach(sink -> sink.send(after, all));
    }

    private void happened(ClusterState after, List<Happening> all, long wall) {
        happenings.addAll(all);
        left.add("happenings");
    }

    /** These hear of commands and leadership too. */
    public LoopFixture with(CommandSink commandSink, LeadershipSink leadershipSink) {
        commandSinks.add(commandSink);
        leadershipSinks.add(leadershipSink);
        return this;
    }

    /** A loop that serves. */
    public LoopFixture serving(long term) {
        journal.leading(term);
        loop.step();
        journal.commitAll();
        loop.step();
        return this;
    }

    /** An executor that is connected, has nothing, and gets work. */
    public ExecutorId executor(String hostname, int cores) {
        ExecutorId id = ExecutorId.of(hostname, 11_000);
        SessionId session = new SessionId(1);
        loop.report(
                new Input.ExecutorConnected(loop.nextSeed(), id, session, "digest", Specs.inventory(hostname, cores)));
        loop.report(new Input.InstancesListed(loop.nextSeed(), id, session, List.<InstanceReport>of()));
        settle();
        return id;
    }

    /** Steps until nothing is left to do at this time. */
    public void settle() {
        do {
            journal.commitAll();
        } while (loop.step() == 0 || journal.pending() > 0);
    }
}
