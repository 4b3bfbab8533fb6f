/**
 * The events of the last hour, for those who follow the cluster: gateways, name servers, people.
 *
 * <p>Here: turning a {@code core.contract.Happening} into an event with the original's keys (reference 4.12), and a bounded store in memory that answers "what came after
 * this time". Not here: HTTP ({@code controller.api}), and any decision. Events are told after what they speak of is durable; they are hints to look again, not the
 * truth, and end with the leadership.
 *
 * <p>Front door: {@link io.drove.controller.feed.EventFeed}. Depends on core (state and contract, read only), model and platform.
 */
@NullMarked
package io.drove.controller.feed;

import org.jspecify.annotations.NullMarked;
