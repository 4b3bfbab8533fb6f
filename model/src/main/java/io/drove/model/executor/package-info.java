/** The machines: what an executor has to give out and in which state it is (reference 4.10). */
@NullMarked
package io.drove.model.executor;

import org.jspecify.annotations.NullMarked;
