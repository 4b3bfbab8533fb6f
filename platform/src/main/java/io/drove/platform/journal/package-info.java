/**
 * A totally ordered, durable, fenced log of byte batches, and the state machine that lives from it.
 *
 * <p>Here: the port {@link io.drove.platform.journal.Journal}, its adapter over Apache Ratis
 * ({@link io.drove.platform.journal.RaftJournal}), and the format of snapshot files. Not here: what is in a batch or a snapshot,
 * and what a leader does.
 *
 * <p>Front door: {@code new RaftJournal(settings)}, then {@code start}. Raft leadership is the only leadership: each batch carries
 * the term that it was decided in and is skipped on every peer when the log gives it another. Snapshots are captured between
 * two batches and written beside the applying thread; the log is cut only behind the older of two kept snapshots, so that a
 * broken newest one costs a longer replay and not the data. Whoever hosts a journal should keep the loggers under
 * {@code org.apache.ratis} at WARN ({@code platform.log} does): Ratis tells much at INFO. Depends on Ratis and slf4j.
 */
@NullMarked
package io.drove.platform.journal;

import org.jspecify.annotations.NullMarked;
