package io.drove.executor.container;

import java.util.Map;

/** Takes the news of containers that ended. */
public interface EndSink {
    /** The engine listens: whatever ends from now on is told. */
    void listening() throws EngineException;

    void ended(Map<String, String> labels, int exitCode);
}
