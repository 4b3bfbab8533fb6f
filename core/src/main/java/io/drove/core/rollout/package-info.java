/**
 * How many instances start and which ones stop, now: towards the desired count, within an operation's parallelism, and never below its budget of healthy ones.
 *
 * <p>Front door: {@link io.drove.core.rollout.Rollout}. Depends on placement and instance; admitting and ending operations is {@code core.app}'s.
 */
@NullMarked
package io.drove.core.rollout;

import org.jspecify.annotations.NullMarked;
