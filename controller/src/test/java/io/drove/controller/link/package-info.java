/** Tests of the conversation with executors. */
@NullMarked
package io.drove.controller.link;

import org.jspecify.annotations.NullMarked;
