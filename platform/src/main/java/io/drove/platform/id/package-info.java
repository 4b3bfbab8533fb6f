/**
 * The source of randomness from which identities are made.
 *
 * <p>Here: {@link io.drove.platform.id.Seeds}, a port that gives 128 random bits a time, and its adapter over the system's
 * strong generator. Not here: what the ids look like (core derives them from the seed that an input carries), and secrets
 * ({@code platform.security}).
 *
 * <p>Front door: {@code Seeds.secure()}. Tests and the simulator pass a counting or seeded source. Depends on the plain JDK.
 */
@NullMarked
package io.drove.platform.id;

import org.jspecify.annotations.NullMarked;
