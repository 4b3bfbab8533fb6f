/**
 * Clusters that are made up, of any shape and fill, as states and facts of the core.
 *
 * <p>Here: specs, executors, instances with numbers. Not here: anything that is measured. Front door: {@link io.drove.bench.sample.SampleCluster}.
 * Depends on {@code core.state}, {@code model} and its decoder of specs.
 */
@NullMarked
package io.drove.bench.sample;

import org.jspecify.annotations.NullMarked;
