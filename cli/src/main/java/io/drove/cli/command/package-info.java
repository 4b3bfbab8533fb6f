/**
 * What each command does: one class a group, each a list of declarations with the method that runs.
 *
 * <p>The front door is {@link io.drove.cli.command.Commands}. A command reads its arguments, calls the client, and hands data together with a
 * human form of it to the screen; it neither parses words nor chooses a cluster. Meaning, order of operands, flags and table headers are those of
 * the original's command line (reference, section 2), its defects are not.
 */
@NullMarked
package io.drove.cli.command;

import org.jspecify.annotations.NullMarked;
