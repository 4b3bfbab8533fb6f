/**
 * What controller and executor say to each other over their one WebSocket. An executor dials the leader, says {@link
 * io.drove.model.session.ToController.Hello}, is answered by {@link io.drove.model.session.ToExecutor.Welcome}, sends all its instances, then
 * changes only. Both sides number their frames; a gap ends the session, and the next one starts from the whole picture again.
 *
 * <p>Here are the words; {@code controller.link} and {@code executor.agent} hold the conversation, {@code model.wire} the bytes.
 */
@NullMarked
package io.drove.model.session;

import org.jspecify.annotations.NullMarked;
