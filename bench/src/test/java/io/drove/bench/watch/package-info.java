/** Tests of the package of the same name. */
@NullMarked
package io.drove.bench.watch;

import org.jspecify.annotations.NullMarked;
