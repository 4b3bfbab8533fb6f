/**
 * Other processes of this machine.
 *
 * <p>Here: a command run to its end within a deadline ({@link io.drove.platform.process.Command}), and who holds a port
 * ({@link io.drove.platform.process.PortHolder}). Not here: containers, and what any of our own processes does.
 *
 * <p>Output that is captured is bounded, waiting always has a deadline, and a process that ignores TERM gets KILL. Depends on
 * the plain JDK, Linux's {@code /proc} and slf4j.
 */
@NullMarked
package io.drove.platform.process;

import org.jspecify.annotations.NullMarked;
