package io.drove.core.agent;

import io.drove.model.app.AppSpec;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scratch of one instance; only {@link Agent}, {@link Lifecycle} and its parts touch it. */
final class Instance {
    final InstanceId id;
    final AppId app;
    final ClusterId cluster;
    final AppSpec spec;
    final Allocation allocation;
    final @Nullable String authToken;

    InstanceState state = InstanceState.PENDING;
    Step step = Step.PULLING;
    String error = "";
    /** Whether the error is only a warning, which a real error replaces. */
    boolean isWarned;

    List<PortBinding> ports = List.of();

    /** Wall clock of the last change, milliseconds. */
    long updated;
    /** When the state was entered. */
    long entered;
    /** The call whose answer is awaited; 0 for none. */
    long call;

    long deadline = Deadlines.NONE;
    /** Tries of the present step's kind. */
    int tries;
    /** Consecutive bad checks. */
    int failures;
    /** When the present run of checks began. */
    long checksBegan;
    /** When the present check began. */
    long checkBegan;
    /** The next pause of early probing. */
    long earlyPause;
    /** Hooks called so far. */
    int hooks;
    /** When the container was started, or found running; NONE before. */
    long started = Deadlines.NONE;
    /** Whether it ran before this process did, and has not passed a check since. */
    boolean isUnseen;

    Instance(
            InstanceId id,
            ClusterId cluster,
            AppSpec spec,
            Allocation allocation,
            @Nullable String authToken,
            Turn turn) {
        this.id = id;
        this.cluster = cluster;
        this.app = spec.id();
        this.spec = spec;
        this.allocation = allocation;
        this.authToken = authToken;
        this.updated = turn.wall;
        this.entered = turn.now;
    }

    /** The name of its container, by which every call names it: known before the container exists. */
    String container() {
        return app + "-" + id;
    }

    boolean isEnded() {
        return step == Step.ENDED;
    }

    InstanceReport report() {
        return new InstanceReport(id, app, state, ports, error, updated);
    }
}
