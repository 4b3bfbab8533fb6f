/**
 * Benchmarks: programs that print figures. A benchmark never fails for a missed figure; tests assert behaviour, benchmarks tell how fast.
 *
 * <p>Here: the command {@code drove bench run}, its options, and the frame around a run: a network namespace and a container engine of its
 * own, made before and removed after, also on Ctrl-C. The measuring itself is in {@code bench.run}, what is measured against is in {@code
 * bench.cluster} (Drove) and {@code bench.engine} (the bare engine and Swarm), and what a figure is in {@code bench.figure}.
 *
 * <p>Front door: {@link io.drove.bench.RunBenchmark}. Depends on the typed client and the plain JDK; measured processes are started through
 * the launcher, as a user starts them.
 */
@NullMarked
package io.drove.bench;

import org.jspecify.annotations.NullMarked;
