/** Tests of the sample clusters that the core is measured on. */
@NullMarked
package io.drove.bench.core;

import org.jspecify.annotations.NullMarked;
