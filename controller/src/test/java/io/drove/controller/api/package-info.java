/** Tests of the public API over real HTTP, against a cluster that the test scripts with the real planner. */
@NullMarked
package io.drove.controller.api;

import org.jspecify.annotations.NullMarked;
