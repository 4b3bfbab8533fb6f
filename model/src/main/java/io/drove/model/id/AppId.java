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

    /** Whether it is an app's in that version. */
    public boolean isOf(String version) {
        int dash = value.length() - version.length() - 1;
        return dash >= 0 && value.charAt(dash) == '-' && value.endsWith(version);
    }

    /** The name of the app, whose version that is. */
    public String nameOf(String version) {
        return value.substring(0, value.length() - version.length() - 1);
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
