/**
 * The public API under {@code /apis/v1}: one class a resource, each a function from a request and the published state to an answer.
 *
 * <p>Here: who may call what ({@link io.drove.controller.api.Gate}), how a request is read ({@link io.drove.controller.api.Call}), what the original answers in which
 * case ({@link io.drove.controller.api.Answer}), and the views that turn the state into the shapes of {@code model.wire}. Not here: deciding (an operation is handed to
 * the control loop through {@link io.drove.controller.api.Cluster} and its reply awaited), reading of documents ({@code model.wire}), the listener itself
 * ({@code platform.http}), the events ({@code controller.feed}).
 *
 * <p>Front door: {@link io.drove.controller.api.ControllerApi}. Depends on core (state and contract, read only), model, platform and {@code controller.feed}. Paths, statuses
 * and phrases follow reference 1 and 2; where they differ on purpose it says so beside the code.
 */
@NullMarked
package io.drove.controller.api;

import org.jspecify.annotations.NullMarked;
