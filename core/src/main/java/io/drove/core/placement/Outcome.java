package io.drove.core.placement;

import io.drove.model.id.ExecutorId;
import io.drove.model.placement.Rejection;
import io.drove.model.resource.Allocation;

/** What came of a request. */
public sealed interface Outcome {
    record Placed(ExecutorId executor, Allocation allocation) implements Outcome {}

    record NotPlaced(Rejection rejection) implements Outcome {}
}
