/**
 * Where an instance goes: whole cores and memory of one NUMA node of one executor, or a {@link io.drove.model.placement.Rejection} that says why
 * there is no such place.
 *
 * <p>{@link io.drove.core.placement.Room} is an index of what is free, rebuilt from the state and kept in step by its changes; {@link
 * io.drove.core.placement.Placement} chooses. Depends on the state.
 */
@NullMarked
package io.drove.core.placement;

import org.jspecify.annotations.NullMarked;
