/**
 * A process full of executors that have no containers: the real agent and the real session, each over a WebSocket of its own, on a few threads.
 *
 * <p>Here: the agent of one executor with a mailbox instead of a thread, an engine whose calls only take time, the timer and the threads that all
 * share, and the process that is steered over its standard input. Not here: what is measured. Front door: {@link
 * io.drove.bench.executors.ExecutorsProcess} for who starts one, {@link io.drove.bench.executors.ExecutorsMain} inside. Depends on {@code
 * core.agent}, {@code executor.agent} for the link to the leader, and {@code model}.
 */
@NullMarked
package io.drove.bench.executors;

import org.jspecify.annotations.NullMarked;
