/**
 * The container engine without Drove: an engine of the benchmark's own in a network of its own, the bare calls that Drove is held against,
 * and Docker Swarm's one-node mode on the same engine.
 *
 * <p>The engine is a second {@code dockerd}: Swarm refuses one with live-restore, and whoever benchmarks a machine must not disturb what runs
 * on it. Its network namespace keeps its bridges, packet filters and all published ports apart; removing the namespace removes them.
 *
 * <p>Front doors: {@link io.drove.bench.engine.OwnEngine}, {@link io.drove.bench.engine.EngineCalls}, {@link
 * io.drove.bench.engine.BareContainer}, {@link io.drove.bench.engine.SwarmService}. Depends on {@code bench.watch}, Jackson and the JDK; the
 * executor's adapter is not used, since its cost is part of what is measured.
 */
@NullMarked
package io.drove.bench.engine;

import org.jspecify.annotations.NullMarked;
