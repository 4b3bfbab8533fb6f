package io.drove.core.contract;

import io.drove.model.app.AppState;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import java.util.List;

/** Something that those who follow the cluster want to hear of. Published after the changes of its decision are durable. */
public sealed interface Happening {
    /** Also told, with the state that it has, when where it is reached changed with an executor. */
    record AppMoved(AppId app, AppState state) implements Happening {}

    /**
     * An instance is in another state.
     *
     * @param created wall time in milliseconds
     * @param ports host ports, as far as they are known
     */
    record InstanceMoved(
            InstanceId instance,
            AppId app,
            ExecutorId executor,
            InstanceState state,
            String error,
            long created,
            List<PortBinding> ports)
            implements Happening {
        public InstanceMoved {
            ports = List.copyOf(ports);
        }
    }

    record ExecutorAdded(ExecutorId executor) implements Happening {}

    record ExecutorRemoved(ExecutorId executor) implements Happening {}

    record LeadershipAcquired(long epoch) implements Happening {}

    /** Something an operator should know, in words. */
    record Alarm(String message) implements Happening {}
}
