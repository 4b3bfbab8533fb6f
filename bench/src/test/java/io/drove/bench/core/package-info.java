/** Tests of what the core is measured with. */
@NullMarked
package io.drove.bench.core;

import org.jspecify.annotations.NullMarked;
