package io.drove.model.wire;

import io.drove.model.id.AppId;
import io.drove.model.id.OperationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reply to several operations posted together: what became of each, in the order in which they were asked. */
public record OperationsHandled(List<Handled> operations) {
    public OperationsHandled {
        operations = List.copyOf(operations);
    }

    /**
     * What became of one; exactly one of the last three is there.
     *
     * @param operationId it was accepted, and can be followed under this id
     * @param refusals it was refused, or not handed over: nothing was done, for these reasons
     * @param unknown it was handed over, and whether it took effect is not known; says what to look at
     */
    public record Handled(
            AppId appId,
            @Nullable OperationId operationId,
            @Nullable List<String> refusals,
            @Nullable String unknown) {
        public static Handled accepted(AppId app, OperationId operation) {
            return new Handled(app, operation, null, null);
        }

        public static Handled refused(AppId app, List<String> refusals) {
            return new Handled(app, null, List.copyOf(refusals), null);
        }

        public static Handled unknown(AppId app, String words) {
            return new Handled(app, null, null, words);
        }
    }
}
