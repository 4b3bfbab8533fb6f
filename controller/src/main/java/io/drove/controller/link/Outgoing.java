package io.drove.controller.link;

import io.drove.model.session.ToExecutor;
import io.drove.model.wire.Numbered;

/** What a connection is to do next. */
public sealed interface Outgoing {
    /** Nothing for now. */
    record Idle() implements Outgoing {}

    /** Send this. */
    record Frame(Numbered<ToExecutor> frame) implements Outgoing {}

    /** Close the connection; nothing follows. */
    record End(String reason) implements Outgoing {}
}
