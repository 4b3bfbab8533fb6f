/** The client against small servers of the JDK. */
@NullMarked
package io.drove.client;

import org.jspecify.annotations.NullMarked;
