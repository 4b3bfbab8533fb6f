/** Tests of the simulated executors. */
@NullMarked
package io.drove.bench.executors;

import org.jspecify.annotations.NullMarked;
