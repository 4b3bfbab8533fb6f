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

    /** Whether it ends with that version. */
    public boolean isOf(String version) {
        int dash = dash(version);
        return dash >= 0 && value.charAt(dash) == '-' && value.endsWith(version);
    }

    /** Whether those are its name and its version. */
    public boolean isOf(String name, String version) {
        return name.length() == dash(version) && value.startsWith(name) && isOf(version);
    }

    /** Its name; {@code version} must be its version. */
    public String nameOf(String version) {
        return value.substring(0, dash(version));
    }

    private int dash(String version) {
        return value.length() - version.length() - 1;
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
