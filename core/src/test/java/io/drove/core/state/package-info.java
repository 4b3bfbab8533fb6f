/** Tests of the state. */
@NullMarked
package io.drove.core.state;

import org.jspecify.annotations.NullMarked;
