/**
 * The bytes that the journal keeps: batches of changes ({@link io.drove.controller.journal.BatchCodec}) and snapshots of the durable
 * state ({@link io.drove.controller.journal.SnapshotCodec}), both versioned, bounded and read strictly.
 *
 * <p>Where bytes go is {@code platform.journal}; what they mean is {@code core.state}. Record names and components are part of the format:
 * golden files in the tests hold them, and a change that breaks one needs a new version here that still reads the old.
 *
 * <p>Depends on core and {@code model.wire}.
 */
@NullMarked
package io.drove.controller.journal;

import org.jspecify.annotations.NullMarked;
