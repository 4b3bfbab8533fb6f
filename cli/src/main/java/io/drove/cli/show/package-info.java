/**
 * How answers look: tables, key and value lists, JSON and YAML, times, progress.
 *
 * <p>Everything that a cluster says may come from a hostile app, so nothing here prints a character that would steer a terminal:
 * {@link io.drove.cli.show.Plain} is on the way of every text. The front door is {@link io.drove.cli.show.Screen}.
 *
 * <p>What does not live here: which columns a command shows ({@code io.drove.cli.command}).
 */
@NullMarked
package io.drove.cli.show;

import org.jspecify.annotations.NullMarked;
