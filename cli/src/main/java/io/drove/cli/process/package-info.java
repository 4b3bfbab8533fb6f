/**
 * The process around a command: its streams, variables, terminal and time, in one value that a test can make up.
 *
 * <p>The front door is {@link io.drove.cli.process.Environment}. Nothing else in {@code cli} touches {@code System}. Depends on the JDK alone.
 */
@NullMarked
package io.drove.cli.process;

import org.jspecify.annotations.NullMarked;
