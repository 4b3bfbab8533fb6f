/**
 * The container engine as the development cluster meets it: is one there, can it be installed or started, and the sample image.
 *
 * <p>Here: a small HTTP client for the engine's unix socket, the probe that tells apart an engine that is absent, silent, hanging
 * or forbidden, its installation and start on Debian, and the image {@code drove/hello}, built from a static busybox without any
 * registry. Not here: running instances; that is the executor's engine adapter, which knows pulls, limits and events.
 *
 * <p>Front door: {@link io.drove.dist.engine.EngineSetup}. Depends on the plain JDK and Jackson.
 */
@NullMarked
package io.drove.dist.engine;

import org.jspecify.annotations.NullMarked;
