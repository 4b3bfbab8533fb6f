/**
 * The command line as data: what commands, flags and operands there are, and how arguments are read by them.
 *
 * <p>What lives here: {@link io.drove.cli.line.Command} (the declarations) and their two readers. {@link io.drove.cli.line.QuickReader}
 * reads the plain forms that nearly every call uses in a millisecond; whatever it does not understand goes to
 * {@link io.drove.cli.line.PicocliReader}, which has the last word and makes help, error messages and completion. Loading picocli takes 80 to
 * 120 ms (its old class files cannot be kept in the JVM's AOT cache), half of what a whole call may take. A test holds that both readers agree.
 *
 * <p>What does not: what a command does. Depends on picocli.
 */
@NullMarked
package io.drove.cli.line;

import org.jspecify.annotations.NullMarked;
