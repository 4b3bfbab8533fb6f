package io.drove.controller.journal;

import io.drove.core.contract.Change;
import java.util.List;

/** Facts that were decided together. */
public record Batch(Header header, List<Change> changes) {
    public Batch {
        changes = List.copyOf(changes);
    }

    /**
     * What a batch rests on.
     *
     * @param epoch of the leader that decided it
     * @param sequence its number; it was decided on the state that the batch with the number before it left
     * @param count how many changes it has
     */
    public record Header(long epoch, long sequence, int count) {}
}
