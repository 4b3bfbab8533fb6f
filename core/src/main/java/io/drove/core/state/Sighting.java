package io.drove.core.state;

import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import java.util.List;

/**
 * An instance as its executor last told.
 *
 * @param placed when it was placed, monotonic nanoseconds of the epoch; 0 when that was before the epoch
 * @param healthySince when it became healthy in this epoch, or -1
 * @param updated the executor's wall clock, milliseconds; 0 before the first report
 */
public record Sighting(
        InstanceState state, List<PortBinding> ports, String error, long placed, long healthySince, long updated) {
    public Sighting {
        ports = List.copyOf(ports);
    }

    /** Nothing was told yet. */
    public static Sighting placedAt(long nanos) {
        return new Sighting(InstanceState.PENDING, List.of(), "", nanos, -1, 0);
    }
}
