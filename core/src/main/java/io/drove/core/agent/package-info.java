/**
 * The executor's deciding half: what becomes of each instance on one machine, and of the conversation with the leader.
 *
 * <p>Front door: {@link io.drove.core.agent.Agent}, which turns an {@link io.drove.core.agent.AgentInput} and the time into {@link
 * io.drove.core.agent.Effect}s. It keeps its state in memory, has one caller, and holds one queue of deadlines for all instances, so that the
 * simulator steps the very code that runs and a simulated instance costs no thread.
 *
 * <p>Not here: containers, sockets, files, clocks ({@code executor}), and what should run where ({@code core.placement}, {@code core.rollout}).
 *
 * <p>Depends on {@code model} and the plain JDK, without clock, randomness, threads or I/O. Nothing else in {@code core} depends on it.
 */
@NullMarked
package io.drove.core.agent;

import org.jspecify.annotations.NullMarked;
