package io.drove.core.agent;

import io.drove.model.check.CheckMode;
import io.drove.model.container.PullPolicy;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.session.ToController;
import java.time.Duration;
import java.util.List;

/**
 * What the shell is to do. Effects of one step are carried out in their order; those that block are begun in their order. Each with a
 * {@code call} is answered by one {@link AgentInput.Done} with the same number.
 */
public sealed interface Effect {
    /** Find the leader and connect; answered by {@link AgentInput.Connected} or {@link AgentInput.Disconnected}. */
    record Dial(long connection) implements Effect {}

    /** Close that connection; frames that were handed over before are sent first if that is possible at once. */
    record Hangup(long connection, String reason) implements Effect {}

    /** Hand this frame, the {@code sequence}-th of the connection, to it; answered by {@link AgentInput.Sent}. */
    record Send(long connection, long sequence, ToController frame) implements Effect {}

    /** Store durably; answered by {@link AgentInput.Persisted} or {@link AgentInput.PersistFailed}. */
    record Persist(ClusterId cluster, long epoch) implements Effect {}

    /** Make sure that the image is there; {@code policy} is never {@link PullPolicy#BY_TAG}. */
    record Pull(InstanceId instance, long call, String image, PullPolicy policy, Duration timeout) implements Effect {}

    /** The answer to that call is no longer wanted; give up what can be given up. */
    record Abandon(InstanceId instance, long call) implements Effect {}

    /** Make the container and put its files into it. */
    record Create(InstanceId instance, long call, ContainerPlan plan) implements Effect {}

    /** Start the container. */
    record StartContainer(InstanceId instance, long call, ContainerPlan plan) implements Effect {}

    /** The container runs: copy its output. {@code adopted}: it ran before we did. */
    record FollowLogs(InstanceId instance, AppId app, String container, boolean adopted) implements Effect {}

    /** Ask the instance once. */
    record RunCheck(
            InstanceId instance, long call, CheckMode mode, String container, List<PortBinding> ports, Duration timeout)
            implements Effect {}

    /** Call a pre-shutdown hook. */
    record RunHook(
            InstanceId instance, long call, CheckMode hook, String container, List<PortBinding> ports, Duration timeout)
            implements Effect {}

    /** TERM, and KILL after the grace. */
    record StopContainer(InstanceId instance, long call, String container, Duration grace) implements Effect {}

    /** Remove the container with its volumes, killing it if need be; gone already is fine. {@code call} 0 wants no answer. */
    record RemoveContainer(InstanceId instance, long call, String container) implements Effect {}

    /** The image is of no more use here. */
    record RemoveImage(String image) implements Effect {}

    /** For the log and the figures: an instance changed its state. */
    record Moved(InstanceReport report, InstanceState from, Duration after) implements Effect {}

    /** For the log. */
    record Note(String text) implements Effect {}
}
