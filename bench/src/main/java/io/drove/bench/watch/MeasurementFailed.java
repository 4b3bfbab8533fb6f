package io.drove.bench.watch;

/** Something could not be measured, which says nothing about how fast it is; the message tells what was found. */
public final class MeasurementFailed extends RuntimeException {
    public MeasurementFailed(String message) {
        super(message);
    }

    public MeasurementFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
