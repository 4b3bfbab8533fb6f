/** The readers of command lines against each other. */
@NullMarked
package io.drove.cli.line;

import org.jspecify.annotations.NullMarked;
