/** Tests of placement. */
@NullMarked
package io.drove.core.placement;

import org.jspecify.annotations.NullMarked;
