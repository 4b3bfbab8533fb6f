/**
 * The core measured in memory: placing, applying changes, snapshots, and the journal on this machine's disk.
 *
 * <p>Here: sample clusters of any shape, plain measuring loops where a distribution or a share is wanted, the journal's peers as processes of their
 * own, and the figures of the JMH benchmarks ({@link io.drove.bench.micro}). Not here: HTTP, sockets, executors ({@link io.drove.bench.scale}).
 * Front door: {@link io.drove.bench.core.CoreMeasurements}. Depends on {@code core}, {@code controller.journal}, {@code platform.journal} and {@code
 * bench.figure}.
 */
@NullMarked
package io.drove.bench.core;

import org.jspecify.annotations.NullMarked;
