/**
 * Strict configuration: a YAML file bound onto records, with every problem named at once.
 *
 * <p>Here: reading a file, {@code ${VAR}} from the environment, binding onto records whose instance carries the defaults, sizes
 * as text ({@link io.drove.platform.config.Bytes}), and what to tell the operator when something is wrong. Not here: any
 * concrete configuration (each process has records of its own, which check their ranges in their constructors) and API
 * documents (decoded from JSON in {@code model.wire}).
 *
 * <p>Front door: {@code Config.load(path, System.getenv()).bind(defaults)}. Variables are replaced inside values after parsing,
 * never in the text: a password with {@code #} or {@code :} in it stays one value, and a comment may say what it likes. Depends
 * on snakeyaml-engine (its nodes know their lines) and {@code platform.security} for secrets.
 */
@NullMarked
package io.drove.platform.config;

import org.jspecify.annotations.NullMarked;
