package io.drove.core.agent;

import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.session.ToExecutor;
import java.util.List;

/** Everything that can happen to an agent. */
public sealed interface AgentInput {
    /** The engine's containers with our labels, at our start. Before it the agent does nothing, since it could not tell the truth. */
    record Began(List<FoundContainer> containers) implements AgentInput {
        public Began {
            containers = List.copyOf(containers);
        }
    }

    /** The time that {@link Agent#nextDeadline()} named has come. */
    record TimePassed() implements AgentInput {}

    /** The connection that {@link Effect.Dial} asked for stands. */
    record Connected(long connection) implements AgentInput {}

    /** That connection ended, or never came to be. */
    record Disconnected(long connection, String reason) implements AgentInput {}

    /** The leader's frame number {@code sequence}, counted from 1 within the connection. */
    record Received(long connection, long sequence, ToExecutor frame) implements AgentInput {}

    /** The connection took the oldest frame that it had not taken yet. */
    record Sent(long connection) implements AgentInput {}

    /** Cluster and epoch are on disk. */
    record Persisted(ClusterId cluster, long epoch) implements AgentInput {}

    /** They are not. */
    record PersistFailed(String reason) implements AgentInput {}

    /** The answer to an effect that carried this call number. */
    record Done(InstanceId instance, long call, Outcome outcome) implements AgentInput {}

    /** The engine says that the instance's container ended. */
    record Died(InstanceId instance, int exitCode) implements AgentInput {}

    /**
     * The engine's containers with our labels, read after its event stream was interrupted.
     *
     * @param begunNanos when the reading began, on the agent's clock: containers started later may be missing without meaning anything
     */
    record Surveyed(long begunNanos, List<FoundContainer> containers) implements AgentInput {
        public Surveyed {
            containers = List.copyOf(containers);
        }
    }

    /** The kernel's limits of a running container are not those of its record. */
    record LimitsWrong(InstanceId instance, String message) implements AgentInput {}

    /** What the machine has to give out changed. */
    record InventoryChanged(String digest, ExecutorInventory inventory) implements AgentInput {}

    /** The process is being stopped, and will be back: say so and hang up. */
    record Leave(String reason) implements AgentInput {}
}
