package io.drove.controller;

import io.drove.controller.link.Sessions;
import io.drove.controller.loop.ControlLoop;
import io.drove.controller.loop.LoopObserver;
import io.drove.controller.loop.Replica;
import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.PhaseCounts;
import io.drove.platform.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;

/** The controller's numbers. */
final class ControllerMetrics implements LoopObserver {
    private static final double NANOS = 1e-9;

    private final Metrics metrics = new Metrics();
    private final Histogram step = metrics.seconds(
            "drove_loop_step_seconds", "How long a step of the control loop took that decided something");
    private final Histogram append =
            metrics.seconds("drove_journal_append_seconds", "From handing a batch to the journal until it was durable");
    private final Counter inputs = metrics.counter("drove_loop_inputs_total", "Inputs decided");
    private final Counter changes =
            metrics.counter("drove_loop_changes_total", "Facts journaled; by batches, the batch size");
    private final Counter batches = metrics.counter("drove_loop_batches_total", "Batches handed to the journal");
    private final Counter bytes = metrics.counter("drove_loop_batch_bytes_total", "Bytes of those batches");
    private final Counter failures =
            metrics.counter("drove_loop_failures_total", "Inputs that broke the program; each is a mistake in it");
    private final Gauge executors = metrics.gauge("drove_executors", "Executors by state", "state");
    private final Gauge instances = metrics.gauge("drove_instances", "Live instances by phase", "phase");
    private final Gauge apps = metrics.gauge("drove_apps", "Applications");

    /** Declares what is asked for when somebody looks. */
    void observe(ControlLoop loop, Replica replica, Sessions sessions) {
        metrics.gauge("drove_leading", "1 while this controller leads", () -> loop.isLeading() ? 1 : 0);
        metrics.gauge(
                "drove_epoch",
                "The epoch of the state",
                () -> replica.view().durable().epoch());
        metrics.gauge("drove_loop_asks_waiting", "Questions of the API in the inbox", loop::asksWaiting);
        metrics.gauge("drove_loop_reports_waiting", "Reports of executors in the inbox", loop::reportsWaiting);
        metrics.gauge(
                "drove_loop_report_wait_seconds",
                "How long the report of an executor has waited that is decided next; above 1 nobody is lost for silence",
                () -> loop.nextReportWaited() * NANOS);
        metrics.gauge("drove_journal_batches_rejected", "Stale batches skipped since the start", replica::rejected);
        metrics.gauge("drove_executor_sessions", "Connections of executors", sessions::connected);
        metrics.gauge(
                "drove_orders_open",
                "Orders to executors that wait or are not acknowledged, of the present connections",
                sessions::ordersOpen);
        metrics.gauge(
                "drove_orders_acknowledged",
                "Orders that executors acknowledged since this process started",
                sessions::ordersAcknowledged);
    }

    @Override
    public void stepped(Step took) {
        step.observe(took.nanos() * NANOS);
        inputs.inc(took.inputs());
        if (took.changes() > 0) {
            batches.inc();
            changes.inc(took.changes());
            bytes.inc(took.bytes());
        }
    }

    @Override
    public void durable(long nanos) {
        append.observe(nanos * NANOS);
    }

    @Override
    public void failed() {
        failures.inc();
    }

    /** All of it as text, with the counts of this state. */
    byte[] text(ClusterState state) {
        count(state);
        return metrics.text();
    }

    private void count(ClusterState state) {
        int lost = 0;
        int ready = 0;
        for (ExecutorRecord executor : state.durable().executors().values()) {
            lost += executor.lost() ? 1 : 0;
            ready += state.observed().isReady(executor.id()) ? 1 : 0;
        }
        int all = state.durable().executors().size();
        executors.labelValues("ready").set(ready);
        executors.labelValues("lost").set(lost);
        executors.labelValues("suspect").set(all - lost - ready);
        PhaseCounts phases = state.durable().instances();
        instances.labelValues("coming").set(phases.coming());
        instances.labelValues("healthy").set(phases.healthy());
        instances.labelValues("failing").set(phases.failing());
        instances.labelValues("stopping").set(phases.stopping());
        apps.set(state.durable().apps().size());
    }
}
