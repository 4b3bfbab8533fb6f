@NullMarked
package io.drove.dist;

import org.jspecify.annotations.NullMarked;
