package io.drove.model.container;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A device of the host that the container may use. */
public sealed interface DeviceSpec {
    /** One device node. {@code pathInContainer} null means the same path. */
    record Direct(String pathOnHost, @Nullable String pathInContainer, Permissions permissions) implements DeviceSpec {}

    /** A request to a device driver of the engine. */
    record Detailed(
            @Nullable String driver,
            int count,
            List<String> deviceIds,
            List<List<String>> capabilities,
            Map<String, String> options)
            implements DeviceSpec {
        public Detailed {
            deviceIds = List.copyOf(deviceIds);
            capabilities = capabilities.stream().map(List::copyOf).toList();
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /** What may be done with a device node; {@code engineText} is the engine's notation. */
    enum Permissions {
        READ_ONLY("r"),
        WRITE_ONLY("w"),
        MKNOD_ONLY("m"),
        READ_WRITE("rw"),
        ALL("rwm");

        private final String engineText;

        Permissions(String engineText) {
            this.engineText = engineText;
        }

        public String engineText() {
            return engineText;
        }
    }
}
