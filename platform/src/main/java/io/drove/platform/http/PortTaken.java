package io.drove.platform.http;

import io.drove.platform.process.PortHolder;
import java.util.Optional;

/** A port that we were to listen on belongs to another process. Retrying helps when that one ends. */
public final class PortTaken extends RuntimeException {
    private final int port;
    private final transient Optional<PortHolder> holder;

    public PortTaken(int port, Optional<PortHolder> holder, Throwable cause) {
        super(describe(port, holder), cause);
        this.port = port;
        this.holder = holder;
    }

    public int port() {
        return port;
    }

    /** Who has it, if we may know. */
    public Optional<PortHolder> holder() {
        return holder;
    }

    private static String describe(int port, Optional<PortHolder> holder) {
        String who = holder.map(process -> "process " + process.pid() + " (" + process.command() + ")")
                .orElse("a process that we may not see");
        return "port " + port + " is taken by " + who + "; stop it, or configure another port";
    }
}
