/**
 * Operations on applications: which are admitted in which state, what they set in motion, and how they end: done, failed at their deadline, cancelled. Instances are moved
 * by {@code core.rollout}.
 *
 * <p>Front doors: {@link io.drove.core.app.Admission} and {@link io.drove.core.app.Operations}. Depends on rollout.
 */
@NullMarked
package io.drove.core.app;

import org.jspecify.annotations.NullMarked;
