/**
 * The simulated network between executors and controllers: ordered byte streams that are slow, cut, half cut or broken, and, where a fault says so, frames that are lost, doubled or overtake each other.
 *
 * <p>Front door: {@link io.drove.simulation.network.SimulatedNetwork}. Depends on {@code simulation.time} and the session's vocabulary; in some worlds every frame passes through the real codec.
 */
@NullMarked
package io.drove.simulation.network;

import org.jspecify.annotations.NullMarked;
