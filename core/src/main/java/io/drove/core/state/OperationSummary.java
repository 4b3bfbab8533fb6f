package io.drove.core.state;

import io.drove.core.contract.OperationCounts;
import io.drove.model.app.AppOperation;
import io.drove.model.app.OpSpec;
import io.drove.model.app.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an operation that is over and that it has in common with others: most operations of a cluster are of few kinds, and end well.
 *
 * @param printedType what kind it was, see {@link AppOperation#printedType}
 * @param reason why it ended as it did, or empty
 * @param counts how far it came; null when that was not recorded
 */
public record OperationSummary(
        String printedType,
        OpSpec opSpec,
        OperationState state,
        String reason,
        @Nullable OperationCounts counts) {
    /**
     * Those that were made lately, each at the place that its hash gives it. Only which object an operation holds depends on them, never what it says; so it may be that a thread does not see
     * what another one has put here.
     */
    private static final @Nullable OperationSummary[] KEPT = new OperationSummary[256];

    /** An equal one where one is still known; else this, which then takes the place of another. One that has a reason is seldom like another, and takes no place. */
    OperationSummary shared() {
        if (!reason.isEmpty()) {
            return this;
        }
        int place = Math.floorMod(hashCode(), KEPT.length);
        OperationSummary kept = KEPT[place];
        if (equals(kept)) {
            return kept;
        }
        KEPT[place] = this;
        return this;
    }
}
