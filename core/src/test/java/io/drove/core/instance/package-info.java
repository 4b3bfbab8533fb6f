/** Tests of what reports mean. */
@NullMarked
package io.drove.core.instance;

import org.jspecify.annotations.NullMarked;
