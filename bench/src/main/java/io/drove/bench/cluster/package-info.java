/**
 * Drove as a user gets it: the launcher's subprocesses, and an app steered and observed through the public API.
 *
 * <p>Here: {@code ./drove} commands run and timed, the development cluster of a run, the app that is measured. Not here: what is timed, and
 * anything that looks behind the public API. Front doors: {@link io.drove.bench.cluster.DevCluster} and {@link
 * io.drove.bench.cluster.DroveApp}. Depends on the client and {@code bench.watch}.
 */
@NullMarked
package io.drove.bench.cluster;

import org.jspecify.annotations.NullMarked;
