/** Tests of the loop and the replica, over a journal and a clock that the tests hold. */
@NullMarked
package io.drove.controller.loop;

import org.jspecify.annotations.NullMarked;
