/**
 * The development cluster: one controller and one executor on this machine, each a process of its own, under a supervisor.
 *
 * <p>Here: the command {@code drove dev} with {@code stop} and {@code status}, the data directory with its lock and secrets, the
 * configuration files that the servers get, the supervisor that starts a server again when it dies, and the sample application.
 * Not here: anything that the servers do, and the engine's installation ({@code dist.engine}).
 *
 * <p>Front door: {@link io.drove.dist.dev.DevCommand}. Depends on {@code dist.engine}, {@code platform} and the client.
 */
@NullMarked
package io.drove.dist.dev;

import org.jspecify.annotations.NullMarked;
