/**
 * The server roles as processes: {@code drove server controller} and {@code drove server executor}.
 *
 * <p>Here: reading the configuration file, logging, the stop on a signal, and what is said when a server cannot start. Not here:
 * what a server does; each shell wires itself.
 *
 * <p>Front door: {@link io.drove.dist.server.ServerCommand}. Depends on the shells and {@code platform}.
 */
@NullMarked
package io.drove.dist.server;

import org.jspecify.annotations.NullMarked;
