/** Tests of the journal's bytes. */
@NullMarked
package io.drove.controller.journal;

import org.jspecify.annotations.NullMarked;
