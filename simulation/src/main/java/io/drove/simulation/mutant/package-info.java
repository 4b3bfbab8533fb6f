/**
 * Deliberately broken parts, to prove that the invariants have teeth: each {@link io.drove.simulation.mutant.Mutant} puts one in the place of a real one through {@link io.drove.simulation.node.Seams}, and a test
 * holds that a violation is found.
 *
 * <p>Production code has no switches for this: a mutant tampers with what goes into or comes out of a real part. Depends on {@code simulation.node} and core.
 */
@NullMarked
package io.drove.simulation.mutant;

import org.jspecify.annotations.NullMarked;
