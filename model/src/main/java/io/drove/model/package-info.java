/**
 * The vocabulary of Drove: immutable records and sealed types that every other module speaks.
 *
 * <p>What lives here: what a thing <em>is</em> (an application's spec, an instance's state, an executor's inventory). What does not:
 * what to do about it ({@code core}) and how it travels, except for {@link io.drove.model.wire}, the only package that knows JSON.
 * Beside them tools that all need: {@link io.drove.model.Assertion}, {@link io.drove.model.Recent}, {@link io.drove.model.Surrogates}, {@link io.drove.model.TextMap}.
 *
 * <p>Compact constructors copy collections and assert what only a bug can break; what a user can get wrong is collected by
 * {@link io.drove.model.wire} before any record is built.
 */
@NullMarked
package io.drove.model;

import org.jspecify.annotations.NullMarked;
