package io.drove.platform.security;

import java.util.Arrays;
import java.util.Optional;

/** What a caller may do. A role includes others: see {@link #includes}. */
public enum Role {
    EXTERNAL_ROOT("DROVE_EXTERNAL_ROOT"),
    EXTERNAL_READ_WRITE("DROVE_EXTERNAL_READ_WRITE"),
    EXTERNAL_MAINTENANCE("DROVE_EXTERNAL_MAINTENANCE"),
    EXTERNAL_READ_ONLY("DROVE_EXTERNAL_READ_ONLY"),
    CLUSTER_NODE("DROVE_CLUSTER_NODE"),
    DROVE_APPLICATION_INSTANCE("DROVE_APPLICATION_INSTANCE");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** The name that the original uses at run time. */
    public String wireName() {
        return wireName;
    }

    /**
     * The role of a name in a configuration: ours, or the run-time name. The original's configuration mixes the two
     * ({@code EXTERNAL_ROOT}, but {@code DROVE_EXTERNAL_MAINTENANCE}), so each is taken for every role.
     */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.name().equalsIgnoreCase(name) || role.wireName.equalsIgnoreCase(name))
                .findFirst();
    }

    /** Whether whoever has this role may do what asks for {@code other}: root may do all that people may, writers may read. */
    public boolean includes(Role other) {
        return switch (this) {
            case EXTERNAL_ROOT -> other != CLUSTER_NODE && other != DROVE_APPLICATION_INSTANCE;
            case EXTERNAL_READ_WRITE -> other == EXTERNAL_READ_WRITE || other == EXTERNAL_READ_ONLY;
            case EXTERNAL_MAINTENANCE, EXTERNAL_READ_ONLY, CLUSTER_NODE, DROVE_APPLICATION_INSTANCE -> other == this;
        };
    }
}
