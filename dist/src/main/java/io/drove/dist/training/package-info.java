/**
 * A container engine that only plays its part, for the training run of the servers.
 *
 * <p>Here: {@link io.drove.dist.training.ScriptedEngine}, which answers on a unix socket what the executor asks of an engine, and the app
 * that each of its containers seems to be: a listener on the published host port. So the whole path from an operation to a healthy instance
 * runs while an image is built, without an engine. Not here: the run itself, and anything that a running server uses; nothing is isolated,
 * limited or kept. Depends on the JDK and Jackson only.
 */
@NullMarked
package io.drove.dist.training;

import org.jspecify.annotations.NullMarked;
