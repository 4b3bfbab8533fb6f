/** Whole command lines against a controller that answers with recorded bodies. */
@NullMarked
package io.drove.cli;

import org.jspecify.annotations.NullMarked;
