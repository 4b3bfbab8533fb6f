/**
 * Every decision of Drove, pure: the model, the plain JDK and Vavr's persistent maps; no clock, randomness, threads, I/O, logging or JSON.
 *
 * <p>Layers, each uses only those before it: {@code contract} (what goes in and out), {@code state} (what is known), {@code placement}, {@code
 * liveness}, {@code instance}, {@code rollout}, {@code app}, and {@code planner}, whose {@code decide} is the front door. {@code agent} is the
 * executor's side.
 */
@NullMarked
package io.drove.core;

import org.jspecify.annotations.NullMarked;
