/** Tests of executors coming and going. */
@NullMarked
package io.drove.core.liveness;

import org.jspecify.annotations.NullMarked;
