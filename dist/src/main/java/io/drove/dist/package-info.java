/**
 * The runnable image: one entry point for the client's commands, the servers and the development cluster.
 *
 * <p>Here: {@link io.drove.dist.Main}, which hands over by the first word, and the training runs behind the AOT caches. Not here:
 * anything that decides or serves. This module sees every other one, and no other sees it; its tests hold the architecture, the
 * documentation and the whole from end to end.
 */
@NullMarked
package io.drove.dist;

import org.jspecify.annotations.NullMarked;
