/**
 * The leader's side of the conversation with executors (the words are in {@code model.session}).
 *
 * <p>{@link io.drove.controller.link.Sessions} holds all conversations: it greets, turns what executors tell into inputs of the loop, and
 * carries commands out. It knows no socket: {@link io.drove.controller.link.SessionSocket} brings frames over a WebSocket, the simulator
 * over its own network. What a frame means for the cluster is decided in core.
 *
 * <p>Front doors: {@code Sessions.open}, {@code Session.receive} and {@code poll}, {@code Sessions.tick}. Depends on core, {@code
 * controller.loop}, {@code model.wire} and the platform's HTTP and security.
 */
@NullMarked
package io.drove.controller.link;

import org.jspecify.annotations.NullMarked;
