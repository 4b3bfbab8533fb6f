/**
 * Where an instance goes: whole cores and memory of one NUMA node of one executor, or a {@link io.drove.model.placement.Rejection} that says why
 * there is no such place.
 *
 * <p>{@link io.drove.core.placement.Room} is an index of what is free, built from the state and kept in step by its changes; {@link
 * io.drove.core.placement.Placement} chooses. No request looks at executors one by one: each NUMA node is a bit (a slot, {@link
 * io.drove.core.placement.Slots}), and sets of slots with so many free cores, so much memory, that tag are intersected. So is it explained why there is no
 * place. Depends on the state.
 */
@NullMarked
package io.drove.core.placement;

import org.jspecify.annotations.NullMarked;
