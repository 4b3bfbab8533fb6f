/**
 * The scale benchmark: a real controller process under the load of a large cluster, driven and read through its public API and admin port.
 *
 * <p>Here: the shape that is asked for, the controller's process, apps created and scaled, a client that reads at a steady rate, waiting with
 * progress, and the measurements in their order. Not here: the executors, which live in a process of their own ({@link io.drove.bench.executors}).
 * Front door: {@link io.drove.bench.scale.ScaleRun}. Depends on {@code bench.executors}, {@code bench.cluster} for the launcher, {@code bench.watch},
 * {@code bench.figure} and the client.
 */
@NullMarked
package io.drove.bench.scale;

import org.jspecify.annotations.NullMarked;
