/**
 * The processes of a simulated cluster: {@link io.drove.simulation.node.ControllerNode} runs the real control loop over the simulated journal, {@link
 * io.drove.simulation.node.ExecutorNode} the real agent over the simulated engine. Both are what the main classes are in production: wiring, timers, and hands.
 *
 * <p>{@link io.drove.simulation.node.Seams} is where broken variants come in. Depends on all twins and on the shells' deciding code; knows nothing of faults or workloads.
 */
@NullMarked
package io.drove.simulation.node;

import org.jspecify.annotations.NullMarked;
