package io.drove.core.state;

import io.drove.core.contract.OperationCounts;
import io.drove.model.app.AppOperation;
import io.drove.model.app.OperationState;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.vavr.collection.HashSet;
import org.jspecify.annotations.Nullable;

/**
 * An operation, from its acceptance on.
 *
 * @param targets instances that it stops or replaces
 * @param ended wall time in milliseconds, 0 while it runs
 * @param counts how far it came; null while it runs, and when that was not recorded
 */
public record OperationRecord(
        OperationId id,
        AppOperation what,
        HashSet<InstanceId> targets,
        int desiredBefore,
        OperationState state,
        String reason,
        long created,
        long ended,
        @Nullable OperationCounts counts) {
    OperationRecord ended(OperationState how, String why, long at, @Nullable OperationCounts reached) {
        return new OperationRecord(id, what, targets, desiredBefore, how, why, created, at, reached);
    }
}
