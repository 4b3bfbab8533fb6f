package io.drove.simulation.mutant;

import io.drove.core.contract.Command;
import io.drove.core.contract.Input;
import io.drove.core.contract.Now;
import io.drove.core.contract.StopReason;
import io.drove.core.planner.Decider;
import io.drove.core.planner.Decision;
import io.drove.core.state.ClusterState;
import io.drove.model.instance.InstanceReport;
import java.util.ArrayList;
import java.util.List;

/** Stops, when an executor lists its instances, those that this leader has not seen before. */
record AbsenceKiller(Decider real) implements Decider {
    @Override
    public Decision decide(ClusterState state, Input input, Now now) {
        Decision decision = real.decide(state, input, now);
        if (!(input instanceof Input.InstancesListed listed)) {
            return decision;
        }
        List<Command> commands = new ArrayList<>(decision.commands());
        for (InstanceReport report : listed.instances()) {
            if (state.observed().sighting(report.id()) == null
                    && !report.state().isTerminal()) {
                commands.add(new Command.Stop(listed.executor(), report.id(), StopReason.GIVEN_UP));
            }
        }
        return new Decision(
                decision.next(),
                decision.changes(),
                commands,
                decision.happenings(),
                decision.reply(),
                decision.more());
    }
}
