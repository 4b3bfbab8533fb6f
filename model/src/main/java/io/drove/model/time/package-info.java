/** Lengths of time as users write them ({@code 5m}, {@code 300 seconds}), kept in the unit in which they were written. */
@NullMarked
package io.drove.model.time;

import org.jspecify.annotations.NullMarked;
