/**
 * The simulated container engine: {@link io.drove.simulation.engine.SimulatedEngine} carries out what the executor's deciding half asks for, slowly, wrongly or not at all, as engines do.
 *
 * <p>How a container behaves comes from its app ({@link io.drove.simulation.engine.AppTemper}), how the engine does from its machine. An {@link
 * io.drove.simulation.engine.EngineWatcher} sees the truth: what runs, on which cores and ports, and what is killed. Depends on {@code simulation.time} and {@code core.agent}'s vocabulary.
 */
@NullMarked
package io.drove.simulation.engine;

import org.jspecify.annotations.NullMarked;
