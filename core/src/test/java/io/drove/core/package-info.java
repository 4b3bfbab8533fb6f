/** Tests of the core, driven through {@code Planner.decide} with a clock and executors that the test holds in its hands. */
@NullMarked
package io.drove.core;

import org.jspecify.annotations.NullMarked;
