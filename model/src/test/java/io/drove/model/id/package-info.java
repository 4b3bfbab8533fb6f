/** Tests of ids. */
@NullMarked
package io.drove.model.id;

import org.jspecify.annotations.NullMarked;
