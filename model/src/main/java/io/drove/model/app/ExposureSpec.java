package io.drove.model.app;

/** Under which virtual host, and by which of its ports, an app is reached from outside. */
public record ExposureSpec(String vhost, String portName, Mode mode) {
    /** Whether traffic goes to all healthy instances or to one. */
    public enum Mode {
        ALL,
        ONE
    }
}
