/**
 * The executor's process: it runs containers on one machine for the leader.
 *
 * <p>Front door: {@link io.drove.executor.ExecutorServer}, started with an {@link io.drove.executor.ExecutorConfig}; here everything is wired
 * by constructor calls, and the two ports are served: the log API (reference 3), guarded by the cluster secret, and the admin port with health
 * and figures.
 *
 * <p>Not here: decisions ({@code core.agent}). May use every other package of this module, {@code platform} and {@code model}; no other shell.
 */
@NullMarked
package io.drove.executor;

import org.jspecify.annotations.NullMarked;
