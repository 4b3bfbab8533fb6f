package io.drove.dist.engine;

import java.nio.file.Path;

/** What was found where an engine should be. */
public sealed interface EngineState {
    /** It answers. */
    record Running(String version) implements EngineState {}

    /** Installed, and nobody listens. */
    record Stopped(Path daemon) implements EngineState {}

    /** Something accepts connections and gives no sensible answer. */
    record Hanging(String problem) implements EngineState {}

    /** It listens, and this user may not talk to it. */
    record Forbidden() implements EngineState {}

    /** No socket and no program. */
    record Absent() implements EngineState {}
}
