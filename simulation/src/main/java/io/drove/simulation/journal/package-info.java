/**
 * The simulated twin of the journal: {@link io.drove.simulation.journal.JournalGroup} is one replicated log with an adversary inside, {@link
 * io.drove.simulation.journal.SimulatedJournal} one peer of it behind the platform's port.
 *
 * <p>It behaves as a correct consensus may at its worst: syncs are slow, unsynced tails are lost or survive, an append fails and is committed later, a deposed leader believes in
 * itself for a while, the same peer leads again in a newer term. It does not simulate a consensus protocol's messages. Passes the same contract test as the real adapter. Depends on {@code
 * simulation.time} and the platform's port.
 */
@NullMarked
package io.drove.simulation.journal;

import org.jspecify.annotations.NullMarked;
