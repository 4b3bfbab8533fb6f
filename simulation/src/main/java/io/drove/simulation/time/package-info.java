/**
 * Virtual time: one queue of events for the whole world ({@link io.drove.simulation.time.Timeline}), the dice that make all choices ({@link
 * io.drove.simulation.time.Dice}), what happened lately ({@link io.drove.simulation.time.Trace}), and processes that can be paused and killed ({@link
 * io.drove.simulation.time.SimulatedProcess}).
 *
 * <p>Everything in a simulated world runs on one thread, in the order of this queue, so that one seed gives one history. Depends on the platform's clock port.
 */
@NullMarked
package io.drove.simulation.time;

import org.jspecify.annotations.NullMarked;
