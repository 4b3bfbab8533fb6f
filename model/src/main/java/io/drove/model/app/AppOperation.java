package io.drove.model.app;

import io.drove.model.id.AppId;
import java.util.List;

/** What can be asked of an application (reference 4.9). */
public sealed interface AppOperation {
    /** The app that is meant. */
    AppId appId();

    /** How it is to be carried out. */
    OpSpec opSpec();

    /** Registers an app, and starts {@code instances} (0 to 2048) of it. */
    record Create(AppSpec spec, int instances, OpSpec opSpec) implements AppOperation {
        @Override
        public AppId appId() {
            return spec.id();
        }
    }

    /** Removes an app that has no instances. */
    record Destroy(AppId appId, OpSpec opSpec) implements AppOperation {}

    /** Starts {@code instances} more than are healthy now. */
    record StartInstances(AppId appId, int instances, OpSpec opSpec) implements AppOperation {}

    /** Stops the named instances; unless {@code skipRespawn}, others take their place. */
    record StopInstances(AppId appId, List<String> instanceIds, boolean skipRespawn, OpSpec opSpec)
            implements AppOperation {
        public StopInstances {
            instanceIds = List.copyOf(instanceIds);
        }
    }

    /** Brings the app to that many instances. */
    record Scale(AppId appId, int requiredInstances, OpSpec opSpec) implements AppOperation {}

    /** Replaces the named instances, or all when none is named, by new ones; start before stop unless {@code stopFirst}. */
    record ReplaceInstances(AppId appId, List<String> instanceIds, boolean stopFirst, OpSpec opSpec)
            implements AppOperation {
        public ReplaceInstances {
            instanceIds = List.copyOf(instanceIds);
        }
    }

    /** Stops all instances. */
    record Suspend(AppId appId, OpSpec opSpec) implements AppOperation {}

    /** Brings the app back to its desired count. */
    record Recover(AppId appId) implements AppOperation {
        @Override
        public OpSpec opSpec() {
            return OpSpec.DEFAULT;
        }
    }

    /** The name of this kind of operation as the original prints it; note {@code SCALE_INSTANCES}, which is read as {@code SCALE}. */
    default String printedType() {
        return switch (this) {
            case Create _ -> "CREATE";
            case Destroy _ -> "DESTROY";
            case StartInstances _ -> "START_INSTANCES";
            case StopInstances _ -> "STOP_INSTANCES";
            case Scale _ -> "SCALE_INSTANCES";
            case ReplaceInstances _ -> "REPLACE_INSTANCES";
            case Suspend _ -> "SUSPEND";
            case Recover _ -> "RECOVER";
        };
    }
}
