/**
 * The container engine, as far as an executor needs it.
 *
 * <p>Front door: the port {@link io.drove.executor.container.ContainerEngine}; {@link io.drove.executor.container.DockerEngine} is its adapter to
 * the Docker Engine API on a unix socket (Podman serves the same API). The adapter brings its own small HTTP client, since the JDK's cannot
 * dial unix sockets and the engine's streams (logs, events, commands) need bytes as they come: one kept-open connection a call costs 0.1 ms.
 *
 * <p>Not here: what is to be done with containers and when ({@code core.agent}), and who asks ({@code executor.agent}).
 *
 * <p>Calls block; they belong on virtual threads. Every call has a deadline. Depends on {@code model}, Jackson's tree and the plain JDK.
 */
@NullMarked
package io.drove.executor.container;

import org.jspecify.annotations.NullMarked;
