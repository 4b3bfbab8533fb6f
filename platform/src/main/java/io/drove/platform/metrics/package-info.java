/**
 * Numbers about a running process, for Prometheus.
 *
 * <p>Here: {@link io.drove.platform.metrics.Metrics}, a registry of counters, gauges and histograms, and its text. Not here: the
 * endpoint that serves it, and which numbers there are (each part declares its own, at its construction). Names are in
 * Prometheus' style with unit: {@code drove_journal_append_seconds}. Labels must have few values: no ids of instances. Depends on
 * the Prometheus client library, whose metrics are handed out as they are.
 */
@NullMarked
package io.drove.platform.metrics;

import org.jspecify.annotations.NullMarked;
