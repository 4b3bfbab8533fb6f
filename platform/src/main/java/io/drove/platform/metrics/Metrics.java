package io.drove.platform.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/** The metrics of one process. Safe for use by many threads; a name is declared once. */
public final class Metrics {
    /** What {@link #text} is, for the header of an answer. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    // From 0.5 ms to 30 s: what a person or a deadline could notice.
    private static final double[] SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    private static final int PAGE = 64 << 10;
    private static final Executor PLATFORM_THREADS = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("metrics").factory());

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();
    private final AtomicBoolean hasJvm = new AtomicBoolean();

    /** Something that only grows; the name ends in {@code _total}. */
    public Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    /** Something that goes up and down. */
    public Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    /** Something that is asked for when the text is made; the supplier must be quick and never wait. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** How long something takes; the name ends in {@code _seconds}. */
    public Histogram seconds(String name, String help, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
    }

    /** Everything in Prometheus' text format. The first call adds the JVM's own metrics, which cost too much at the start. */
    public byte[] text() {
        if (hasJvm.compareAndSet(false, true)) {
            JvmMetrics.builder().register(registry);
        }
        // On a virtual thread the JDK's buffered writer grows character by character: megabytes for each page.
        return CompletableFuture.supplyAsync(this::written, PLATFORM_THREADS).join();
    }

    private byte[] written() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(PAGE);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
