/**
 * Which executors are there: connected, suspect (no new work), lost (silent for too long), back. Silence proves nothing when the doubt is on our own side, after an election or
 * a pause of ours. Instances of a lost executor are given up one by one, at a limited rate, each by a journaled decision that names it.
 *
 * <p>Front door: {@link io.drove.core.liveness.Liveness}. Depends on the state; knows nothing of apps beyond their instances.
 */
@NullMarked
package io.drove.core.liveness;

import org.jspecify.annotations.NullMarked;
