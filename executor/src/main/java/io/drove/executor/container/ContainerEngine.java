package io.drove.executor.container;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What runs containers. Containers are named by their name or id. Calls block until the engine answered or its deadline came; safe for use by
 * many threads.
 */
public interface ContainerEngine extends AutoCloseable {
    /** Asks whether it is there, and which it is. */
    EngineVersion version() throws EngineException;

    boolean hasImage(String image) throws EngineException;

    /** Fetches an image from its registry, within the timeout. */
    void pull(String image, Duration timeout) throws EngineException;

    void removeImage(String image) throws EngineException;

    /** Makes a container that does not run yet; returns its id. */
    String create(ContainerDescription description) throws EngineException;

    /** Puts files into a container, running or not; directories on the way are made. */
    void putFiles(String container, List<InjectedFile> files) throws EngineException;

    void start(String container) throws EngineException;

    /** What it is doing, or empty when there is none. */
    Optional<ContainerState> inspect(String container) throws EngineException;

    /** TERM, then KILL after the grace. One that does not run, or is gone, is fine. */
    void stop(String container, Duration grace) throws EngineException;

    /** Removes it with its anonymous volumes, killing it if need be. One that is gone is fine. */
    void remove(String container) throws EngineException;

    /** All containers, running or not, that carry that label. */
    List<ListedContainer> list(String label) throws EngineException;

    /** Runs a command inside a container. After the timeout the command is killed. */
    CommandResult execute(String container, List<String> command, Duration timeout) throws EngineException;

    /** Copies the output from a time on until the container ends, the sink says stop, or the thread is interrupted. */
    void followOutput(String container, OutputPosition from, OutputSink sink) throws EngineException;

    /** Tells of containers with that label that end, from now on, until the stream breaks or the thread is interrupted. */
    void watchEnds(String label, EndSink sink) throws EngineException;

    @Override
    void close();
}
