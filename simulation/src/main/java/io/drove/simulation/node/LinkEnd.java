package io.drove.simulation.node;

import io.drove.controller.link.Outgoing;
import io.drove.controller.link.Session;
import io.drove.controller.link.Sessions;
import io.drove.model.session.ToController;
import io.drove.model.wire.Numbered;
import io.drove.simulation.network.Line;
import io.drove.simulation.time.SimulatedProcess;
import org.jspecify.annotations.Nullable;

/** The controller's end of a line: what the WebSocket is in production, between a real session and the wire. */
final class LinkEnd implements Line.End<ToController> {
    private static final int UNTAKEN_MAX = 4;

    private final Sessions sessions;
    private final SimulatedProcess process;
    private @Nullable Session session;
    private @Nullable Line line;
    private int untaken;
    private boolean isPumpPlanned;
    private boolean isOver;

    LinkEnd(Sessions sessions, SimulatedProcess process) {
        this.sessions = sessions;
        this.process = process;
    }

    void open(Line opened) {
        line = opened;
        session = sessions.open(this::ready);
        ready();
    }

    private void ready() {
        if (!isPumpPlanned && !isOver) {
            isPumpPlanned = true;
            process.after(0, this::pump);
        }
    }

    private void pump() {
        isPumpPlanned = false;
        Session from = session;
        Line to = line;
        while (from != null && to != null && !isOver && untaken < UNTAKEN_MAX) {
            switch (from.poll()) {
                case Outgoing.Frame next -> {
                    untaken++;
                    to.toExecutor(next.frame().sequence(), next.frame().frame(), this::taken);
                }
                case Outgoing.End end -> {
                    isOver = true;
                    to.closeFromController(end.reason());
                }
                case Outgoing.Idle _ -> {
                    return;
                }
            }
        }
    }

    private void taken() {
        untaken--;
        ready();
    }

    @Override
    public void received(Line from, long sequence, ToController frame) {
        if (session != null) {
            session.receive(new Numbered<>(sequence, frame));
        }
    }

    @Override
    public void closed(Line from, String reason) {
        if (session != null) {
            session.disconnected(reason);
        }
    }
}
