/**
 * The single writer. {@link io.drove.controller.loop.ControlLoop} takes inputs, has them decided by the core, puts the facts into the
 * journal and lets out replies, commands and happenings once those facts are durable, in order. {@link io.drove.controller.loop.Replica} is
 * the state that the journal has led to on this peer, leader or not; {@link io.drove.controller.loop.ControlThread} runs the loop.
 *
 * <p>Nothing is decided here (core), nothing is spoken to anybody (link, api, feed), nothing is written as bytes (journal).
 *
 * <p>Front door: {@code ControlLoop.ask}, {@code cancel}, {@code report}, {@code published}. Depends on core, {@code
 * controller.journal}, {@code platform.journal} and {@code platform.time}.
 */
@NullMarked
package io.drove.controller.loop;

import org.jspecify.annotations.NullMarked;
