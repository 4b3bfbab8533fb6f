/**
 * All that is known of a cluster: {@link io.drove.core.state.ClusterState}, an immutable value in two halves. The {@link
 * io.drove.core.state.Durable} half changes only by {@link io.drove.core.contract.Change}s, which are journaled; the {@link
 * io.drove.core.state.Observed} half is what executors will tell again and what deadlines are armed in this epoch.
 *
 * <p>{@link io.drove.core.state.Ledger} is a decision being made: it holds the state so far and collects what comes out. {@link
 * io.drove.core.state.Limits} names every limit. Depends on the contract.
 */
@NullMarked
package io.drove.core.state;

import org.jspecify.annotations.NullMarked;
