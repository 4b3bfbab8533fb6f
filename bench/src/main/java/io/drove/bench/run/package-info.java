/**
 * The measurements: one class for each goal, each from a cluster at rest back to a cluster at rest.
 *
 * <p>Here: what is timed, how often, in which order, and which figure it becomes. Not here: how Drove, the engine or Swarm are spoken to
 * ({@code bench.cluster}, {@code bench.engine}), nor how figures are printed. Front door: {@link io.drove.bench.run.Measurements}. Depends on
 * all other packages of this module but the root.
 */
@NullMarked
package io.drove.bench.run;

import org.jspecify.annotations.NullMarked;
