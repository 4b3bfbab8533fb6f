/** Tests of operations on applications. */
@NullMarked
package io.drove.core.app;

import org.jspecify.annotations.NullMarked;
