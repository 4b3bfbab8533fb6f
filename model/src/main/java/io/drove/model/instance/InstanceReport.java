package io.drove.model.instance;

import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import java.util.List;

/**
 * What an executor says of one of its instances.
 *
 * @param ports host ports, empty until the container is created
 * @param error why it failed, or empty
 * @param updated the executor's wall clock when this became so, milliseconds since the epoch; shown, never compared
 */
public record InstanceReport(
        InstanceId id, AppId app, InstanceState state, List<PortBinding> ports, String error, long updated) {
    public InstanceReport {
        ports = List.copyOf(ports);
    }
}
