/** Tests of the scale benchmark's parts that need no controller. */
@NullMarked
package io.drove.bench.scale;

import org.jspecify.annotations.NullMarked;
