package io.drove.model.id;

import static io.drove.model.Assertion.require;

/** An application in one version: {@code <name>-<version>}. */
public record AppId(String value) implements Comparable<AppId> {
    public AppId {
        require(!value.isEmpty(), "an app id must not be empty");
    }

    public static AppId of(String name, String version) {
        return new AppId(name + "-" + version);
    }

    @Override
    public int compareTo(AppId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
