/**
 * What is done to a simulated cluster: clients that operate apps ({@link io.drove.simulation.load.Workload}) and faults ({@link io.drove.simulation.load.Faults}), both from dice.
 *
 * <p>Each world draws some kinds of faults and leaves out the others, since a fault can hide another. Depends on {@code simulation.node}.
 */
@NullMarked
package io.drove.simulation.load;

import org.jspecify.annotations.NullMarked;
