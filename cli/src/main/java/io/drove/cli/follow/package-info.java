/**
 * What goes on over time: an operation until it ends, a log while it grows.
 *
 * <p>Both poll the public API at a {@link io.drove.cli.process.Pace} that tests replace. What does not live here: starting operations
 * ({@code io.drove.cli.command}).
 */
@NullMarked
package io.drove.cli.follow;

import org.jspecify.annotations.NullMarked;
