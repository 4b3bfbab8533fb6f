/**
 * When an instance counts as started, healthy, failed or ended: what a report of an executor means against what the journal knows, and what an app's failures do to its next
 * starts.
 *
 * <p>Front door: {@link io.drove.core.instance.Reports}. Depends on state and liveness.
 */
@NullMarked
package io.drove.core.instance;

import org.jspecify.annotations.NullMarked;
