/**
 * The front door of the core: {@link io.drove.core.planner.Planner#decide}, from a state, an input and a time to a {@link
 * io.drove.core.planner.Decision}. Knows the order of things within a decision; what each thing means is decided in the packages below.
 */
@NullMarked
package io.drove.core.planner;

import org.jspecify.annotations.NullMarked;
