/** Tests of the package of the same name. */
@NullMarked
package io.drove.bench.figure;

import org.jspecify.annotations.NullMarked;
