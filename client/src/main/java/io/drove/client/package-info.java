/**
 * A client of the public API: leader discovery, authentication, deadlines, and every refusal as an exception that says what it was.
 *
 * <p>What lives here: {@link io.drove.client.DroveClient} (the front door), the {@link io.drove.client.Connection} that it needs, and
 * {@link io.drove.client.Json}, which reads and writes JSON trees without a data-binding mapper, because a command line that starts a
 * hundred times a day cannot wait for one. What does not: where endpoint and credentials come from, and how answers are shown ({@code cli}).
 *
 * <p>Answers are JSON trees: a client must live with fields that it does not know. May depend on {@code model} and {@code platform}.
 */
@NullMarked
package io.drove.client;

import org.jspecify.annotations.NullMarked;
