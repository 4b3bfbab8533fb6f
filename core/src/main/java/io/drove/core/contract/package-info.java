/**
 * What goes into a decision and what comes out of it: {@link io.drove.core.contract.Input}, {@link io.drove.core.contract.Now}, {@link
 * io.drove.core.contract.Change} (facts, journaled), {@link io.drove.core.contract.Command} (effects, after the facts are durable), {@link
 * io.drove.core.contract.Reply} and {@link io.drove.core.contract.Happening} (for those who follow along).
 *
 * <p>Data only. Depends on the model.
 */
@NullMarked
package io.drove.core.contract;

import org.jspecify.annotations.NullMarked;
