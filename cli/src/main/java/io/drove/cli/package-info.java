/**
 * The command line of Drove.
 *
 * <p>The front door is {@link io.drove.cli.DroveCommand}. The packages below it: {@code process} (streams, variables, time), {@code line} (what can be written), {@code endpoint} (which
 * cluster), {@code command} (what each command does), {@code follow} (operations and logs over time), {@code show} (what is printed).
 *
 * <p>What does not live here: server roles and the development cluster, which {@code dist} adds as {@link io.drove.cli.DroveCommand.Role}s.
 * Depends on {@code client} and picocli. A command must start in a tenth of a second: nothing is built before it is needed, and no logging
 * framework is loaded.
 */
@NullMarked
package io.drove.cli;

import org.jspecify.annotations.NullMarked;
