package io.drove.model.wire;

import io.drove.model.id.AppId;
import io.drove.model.id.OperationId;

/** The reply to an operation: the app, as in the original, and the id under which the operation can be followed. */
public record OperationAccepted(AppId appId, OperationId operationId) {}
