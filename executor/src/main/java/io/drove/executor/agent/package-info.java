/**
 * The shell around {@code core.agent}: it brings the inputs and carries the effects out.
 *
 * <p>Front door: {@link io.drove.executor.agent.AgentLoop}, one thread that takes inputs and asks the agent; {@link
 * io.drove.executor.agent.Hands} does what the agent decided, on virtual threads; {@link io.drove.executor.agent.LeaderLink} is the WebSocket to
 * the leader; {@link io.drove.executor.agent.EngineWatch} listens to the engine; {@link io.drove.executor.agent.ExecutorHome} is what is kept
 * on disk; {@link io.drove.executor.agent.ContainerLabels} what is kept on containers.
 *
 * <p>Not here: decisions ({@code core.agent}), the engine's API ({@code executor.container}).
 */
@NullMarked
package io.drove.executor.agent;

import org.jspecify.annotations.NullMarked;
