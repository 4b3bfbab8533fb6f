/** Tests of the whole controller over its real journal and its real ports. */
@NullMarked
package io.drove.controller;

import org.jspecify.annotations.NullMarked;
