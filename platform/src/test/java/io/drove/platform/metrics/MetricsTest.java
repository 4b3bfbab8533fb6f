package io.drove.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void the_text_has_every_metric_and_the_jvms() {
        metrics.counter("drove_starts_total", "Starts.", "result")
                .labelValues("ok")
                .inc(3);
        metrics.gauge("drove_instances", "Instances.").set(7);
        metrics.gauge("drove_inbox", "Inputs that wait.", () -> 4);
        metrics.seconds("drove_append_seconds", "Appends.").observe(0.02);

        assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                .contains("drove_starts_total{result=\"ok\"} 3.0\n")
                .contains("drove_instances 7.0\n")
                .contains("drove_inbox 4.0\n")
                .contains("drove_append_seconds_bucket{le=\"0.025\"} 1\n")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void a_name_is_declared_once() {
        metrics.gauge("drove_instances", "Instances.");

        assertThatThrownBy(() -> metrics.gauge("drove_instances", "Again."))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
