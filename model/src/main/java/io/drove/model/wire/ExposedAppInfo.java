package io.drove.model.wire;

import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import java.util.List;
import java.util.Map;

/** Where an exposed app is reached. */
public record ExposedAppInfo(
        String appName, AppId appId, String vhost, Map<String, String> tags, List<ExposedHost> hosts) {
    /** One healthy instance. */
    public record ExposedHost(String host, int port, PortType portType) {}
}
