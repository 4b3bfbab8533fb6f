package io.drove.core.state;

import static io.drove.model.Assertion.require;

import io.drove.core.contract.OperationCounts;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.OpSpec;
import io.drove.model.app.OperationState;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.vavr.collection.HashSet;
import org.jspecify.annotations.Nullable;

/** An operation, from its acceptance on. What is over is remembered without what it was made of: there are many of them, and a spec may be large. */
public sealed interface OperationRecord {
    OperationId id();

    AppId appId();

    /** What kind it is, see {@link AppOperation#printedType}. */
    String printedType();

    OpSpec opSpec();

    OperationState state();

    /** Why it ended as it did; empty while it runs. */
    String reason();

    /** Wall time in milliseconds. */
    long created();

    /** With what its app holds too, the spec of a creation and the id of one that is over, instead of equal parts: read from a journal, each is a copy of its own. */
    OperationRecord sharing(AppSpec spec);

    /**
     * One that is going on.
     *
     * @param what what was asked; a {@link AppOperation.Create} holds the very spec that its app does
     * @param targets instances that it stops or replaces
     * @param desiredBefore what a rollback restores
     */
    record Running(OperationId id, AppOperation what, HashSet<InstanceId> targets, int desiredBefore, long created)
            implements OperationRecord {
        @Override
        public AppId appId() {
            return what.appId();
        }

        @Override
        public String printedType() {
            return what.printedType();
        }

        @Override
        public OpSpec opSpec() {
            return what.opSpec();
        }

        @Override
        public OperationState state() {
            return OperationState.RUNNING;
        }

        @Override
        public String reason() {
            return "";
        }

        @Override
        public Running sharing(AppSpec spec) {
            return what instanceof AppOperation.Create create
                    ? new Running(
                            id,
                            new AppOperation.Create(spec, create.instances(), create.opSpec()),
                            targets,
                            desiredBefore,
                            created)
                    : this;
        }

        /** Over; with its app's own id, since one of its own would cost more than all else. */
        Ended ended(AppId app, OperationState how, String why, long at, @Nullable OperationCounts reached) {
            return new Ended(id, app, new OperationSummary(printedType(), opSpec(), how, why, reached), created, at);
        }
    }

    /**
     * One that is over.
     *
     * @param ended wall time in milliseconds
     */
    record Ended(OperationId id, AppId appId, OperationSummary summary, long created, long ended)
            implements OperationRecord {
        public Ended {
            require(summary.state().isTerminal(), "operation %s ended as %s", id, summary.state());
            summary = summary.shared();
        }

        @Override
        public String printedType() {
            return summary.printedType();
        }

        @Override
        public OpSpec opSpec() {
            return summary.opSpec();
        }

        @Override
        public OperationState state() {
            return summary.state();
        }

        @Override
        public String reason() {
            return summary.reason();
        }

        /** How far it came; null when that was not recorded. */
        public @Nullable OperationCounts counts() {
            return summary.counts();
        }

        @Override
        public Ended sharing(AppSpec spec) {
            return new Ended(id, spec.id(), summary, created, ended);
        }
    }
}
