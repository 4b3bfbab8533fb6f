package io.drove.core.agent;

import io.drove.model.app.AppSpec;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import java.util.List;

/**
 * A container of ours that the engine has, as its labels tell.
 *
 * @param spec what its life needs (checks, hooks, image, ports), without secrets
 * @param exitCode of one that does not run
 */
public record FoundContainer(
        ClusterId cluster,
        InstanceId instance,
        AppSpec spec,
        Allocation allocation,
        List<PortBinding> ports,
        Life life,
        int exitCode) {
    public FoundContainer {
        ports = List.copyOf(ports);
    }

    /** How far it got. */
    public enum Life {
        /** Made and never started. */
        CREATED,
        RUNNING,
        /** Ended by itself or by a kill. */
        EXITED
    }
}
