package io.drove.model.container;

/** A directory of the host that the container sees. */
public record MountedVolume(String pathInContainer, String pathOnHost, Mode mode) {
    /** Whether the container may write to it. */
    public enum Mode {
        READ_WRITE,
        READ_ONLY
    }
}
