/** Tests of the wire: recorded exchanges, all problems at once, limits, round trips and fuzzing. */
@NullMarked
package io.drove.model.wire;

import org.jspecify.annotations.NullMarked;
