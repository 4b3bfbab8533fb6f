/** The documentation is run: examples are decoded, commands parsed, and the tour of the README is walked. */
@NullMarked
package io.drove.dist.docs;

import org.jspecify.annotations.NullMarked;
