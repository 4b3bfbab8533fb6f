package io.drove.simulation.mutant;

import io.drove.core.contract.Change;
import io.drove.core.contract.Command;
import io.drove.core.contract.Input;
import io.drove.core.contract.Now;
import io.drove.core.contract.StopReason;
import io.drove.core.planner.Decider;
import io.drove.core.planner.Decision;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import io.drove.model.app.AppOperation;
import io.drove.model.id.InstanceId;
import java.util.ArrayList;
import java.util.List;

/** Stops every target of a replacement the moment that it begins. */
record BudgetBreaker(Decider real) implements Decider {
    @Override
    public Decision decide(ClusterState state, Input input, Now now) {
        Decision decision = real.decide(state, input, now);
        List<Change> changes = new ArrayList<>(decision.changes());
        List<Command> commands = new ArrayList<>(decision.commands());
        Durable durable = decision.next().durable();
        for (Change change : decision.changes()) {
            if (change instanceof Change.OperationStarted started
                    && started.what() instanceof AppOperation.ReplaceInstances replace) {
                for (InstanceId target : started.targets()) {
                    InstanceRecord instance = durable.instance(replace.appId(), target);
                    if (instance != null && instance.phase() == Phase.HEALTHY) {
                        Change condemned = new Change.InstanceCondemned(
                                target, replace.appId(), StopReason.REPLACED, now.wallMillis());
                        durable = durable.apply(condemned, state.limits());
                        changes.add(condemned);
                        commands.add(new Command.Stop(instance.executor(), target, StopReason.REPLACED));
                    }
                }
            }
        }
        ClusterState next = new ClusterState(durable, decision.next().observed(), state.limits());
        return new Decision(next, changes, commands, decision.happenings(), decision.reply(), decision.more());
    }
}
