package io.drove.core.planner;

import io.drove.core.contract.Change;
import io.drove.core.contract.Command;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Reply;
import io.drove.core.state.ClusterState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of an input. Nothing of it leaves the controller before {@code changes} are durable.
 *
 * @param next the state after it
 * @param changes the facts that lead there, for the journal
 * @param commands effects on executors
 * @param happenings for those who follow the cluster
 * @param reply the answer, when somebody asked
 * @param more whether there is more to do at once: decide {@code TimePassed} next
 */
public record Decision(
        ClusterState next,
        List<Change> changes,
        List<Command> commands,
        List<Happening> happenings,
        @Nullable Reply reply,
        boolean more) {
    public Decision {
        changes = List.copyOf(changes);
        commands = List.copyOf(commands);
        happenings = List.copyOf(happenings);
    }
}
