/**
 * Asking a workload once: over HTTP, or by a command inside its container; and its pre-shutdown hooks, which are asked the same way.
 *
 * <p>Front door: {@link io.drove.executor.check.Checker}. When to ask, how often, and what an answer means is decided in {@code core.agent}.
 *
 * <p>Calls block, with a total timeout; they belong on virtual threads. Depends on {@code model}, {@code core.agent} (outcomes), {@code
 * executor.container} (commands) and {@code platform.fetch} (HTTP clients).
 */
@NullMarked
package io.drove.executor.check;

import org.jspecify.annotations.NullMarked;
