/**
 * Applications: long-running services in one or many instances. Their spec, the operations on them and the states they are in
 * (reference 4.1, 4.9, 4.11). What an operation does is decided in {@code core.app}.
 */
@NullMarked
package io.drove.model.app;

import org.jspecify.annotations.NullMarked;
