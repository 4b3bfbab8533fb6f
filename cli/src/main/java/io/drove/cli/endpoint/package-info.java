/**
 * Which cluster a command goes to, and with which credentials.
 *
 * <p>The front door is {@link io.drove.cli.endpoint.Targets}: flags, then environment variables, then {@code ~/.drove} (the original's file), then
 * the development cluster that runs. A password goes only to the endpoint that it was written beside, or that the caller named beside it.
 *
 * <p>What does not live here: the connection itself ({@code io.drove.client}).
 */
@NullMarked
package io.drove.cli.endpoint;

import org.jspecify.annotations.NullMarked;
