package io.drove.core.state;

import io.drove.model.id.OperationId;

/** How far an operation came at its best: {@code done} of what is wanted, and starts that failed on the way. */
public record Progress(OperationId operation, int done, int failed) {}
