/** Tests of the package of the same name. */
@NullMarked
package io.drove.bench.engine;

import org.jspecify.annotations.NullMarked;
