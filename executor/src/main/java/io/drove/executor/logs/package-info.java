/**
 * What instances print, kept as files and served by offset.
 *
 * <p>Front doors: {@link io.drove.executor.logs.LogKeeper} copies a container's output into {@code <dir>/<appId>/<instanceId>/output.log}, and
 * {@link io.drove.executor.logs.LogFiles} lists and reads (reference 3). The stream is copied rather than the engine's own files read: those hold
 * JSON, are rotated under the reader, and vanish with the container. An offset is a byte of the text. Copying goes on after a restart of ours
 * where it stopped, by the engine's timestamps, without loss or doubling.
 *
 * <p>Not here: the HTTP endpoints ({@code executor}). Depends on {@code executor.container} (the engine's stream) and the plain JDK.
 */
@NullMarked
package io.drove.executor.logs;

import org.jspecify.annotations.NullMarked;
