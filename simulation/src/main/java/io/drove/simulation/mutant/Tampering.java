package io.drove.simulation.mutant;

import io.drove.core.contract.Change;
import io.drove.core.contract.Command;
import io.drove.core.planner.Decider;
import io.drove.core.planner.Decision;
import io.drove.core.state.BackOff;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Deadlines;
import io.drove.core.state.Due;
import io.drove.core.state.Durable;
import io.drove.core.state.Observed;
import io.vavr.collection.HashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Ways to change a decision after it was made. */
final class Tampering {
    private static final long NEVER = Long.MAX_VALUE / 2;

    private Tampering() {}

    /** Changes one fact, given the state that it is applied to. */
    @FunctionalInterface
    interface OfChange {
        Change tamper(Durable before, Change change);
    }

    static Decider withChanges(Decider real, OfChange tampering) {
        return (state, input, now) -> {
            Decision decision = real.decide(state, input, now);
            List<Change> changes = new ArrayList<>();
            List<Command> commands = new ArrayList<>(decision.commands());
            Durable durable = state.durable();
            for (Change change : decision.changes()) {
                Change tampered = tampering.tamper(durable, change);
                durable = durable.apply(tampered, state.limits());
                changes.add(tampered);
                commands.replaceAll(command -> follow(command, tampered));
            }
            ClusterState next = new ClusterState(durable, decision.next().observed(), state.limits());
            return new Decision(next, changes, commands, decision.happenings(), decision.reply(), decision.more());
        };
    }

    private static Command follow(Command command, Change change) {
        return command instanceof Command.Start start
                        && change instanceof Change.InstancePlaced placed
                        && start.instance().equals(placed.instance())
                ? new Command.Start(start.executor(), start.instance(), start.app(), placed.allocation())
                : command;
    }

    /** What is desired changes with each operation, and is not written down where that is an odd number. */
    static Decider withUnwrittenCounts(Decider real) {
        return (state, input, now) -> {
            Decision decision = real.decide(state, input, now);
            List<Change> written = decision.changes().stream()
                    .filter(change -> !(change instanceof Change.DesiredSet set) || set.desired() % 2 == 0)
                    .toList();
            return new Decision(
                    decision.next(),
                    written,
                    decision.commands(),
                    decision.happenings(),
                    decision.reply(),
                    decision.more());
        };
    }

    static Decider withoutDeadlines(Decider real, Predicate<Due> forgotten) {
        return (state, input, now) -> {
            Decision decision = real.decide(state, input, now);
            Observed observed = decision.next().observed();
            Deadlines deadlines = observed.deadlines();
            Deadlines left = new Deadlines(
                    deadlines.byTime().filterValues(forgotten.negate()),
                    deadlines.points().filterKeys(forgotten.negate()),
                    deadlines.armed());
            return with(decision, with(observed, observed.backOffs(), left));
        };
    }

    static Decider withEndlessBackOff(Decider real) {
        return (state, input, now) -> {
            Decision decision = real.decide(state, input, now);
            Observed observed = decision.next().observed();
            var endless = observed.backOffs()
                    .mapValues(backOff ->
                            backOff.failures() > 1 ? new BackOff(backOff.failures(), backOff.since(), NEVER) : backOff);
            return with(decision, with(observed, endless, observed.deadlines()));
        };
    }

    private static Observed with(
            Observed observed, HashMap<io.drove.model.id.AppId, BackOff> backOffs, Deadlines deadlines) {
        return new Observed(
                observed.presences(),
                observed.sightings(),
                backOffs,
                observed.progress(),
                observed.notPlaced(),
                deadlines,
                observed.unsettled(),
                observed.seen(),
                observed.patienceUntil(),
                observed.givenUp());
    }

    private static Decision with(Decision decision, Observed observed) {
        ClusterState next = decision.next();
        return new Decision(
                new ClusterState(next.durable(), observed, next.limits()),
                decision.changes(),
                decision.commands(),
                decision.happenings(),
                decision.reply(),
                decision.more());
    }
}
