/**
 * What must hold. {@link io.drove.simulation.invariant.Referee} watches the journal, the machines and the processes and checks safety the moment something changes, against a replica of its
 * own; {@link io.drove.simulation.invariant.Rest} says whether a cluster that is left alone has come to rest.
 *
 * <p>Numbers are those of the project's goals (I1 to I14, L1 to L6). Nothing here shares code with what it checks, but for the journal's format and {@code apply}. Depends on the twins and on core.
 */
@NullMarked
package io.drove.simulation.invariant;

import org.jspecify.annotations.NullMarked;
