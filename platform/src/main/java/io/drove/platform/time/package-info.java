/**
 * The two clocks of a process, read together.
 *
 * <p>Here: the port {@link io.drove.platform.time.Clock}, what one reading of it is ({@link io.drove.platform.time.Moment}),
 * and the real adapter. Not here: durations as text (model), deadlines and what happens at them (core, as values), timers
 * (nobody has any: loops sleep until the next deadline).
 *
 * <p>Front door: {@code Clock.read()}. Only a shell holds a clock; decisions get the reading as a parameter. Tests and the
 * simulator bring a clock of their own. Depends on the plain JDK.
 */
@NullMarked
package io.drove.platform.time;

import org.jspecify.annotations.NullMarked;
