package io.drove.bench.scale;

import io.drove.bench.watch.MeasurementFailed;
import java.util.Map;

/**
 * One look at the controller's metrics.
 *
 * @param nanos when
 * @param ready executors that take work
 * @param lost executors that were given up
 * @param coming instances that are journaled and not yet healthy
 * @param ending instances that fail or are stopped
 * @param ordersOpen orders to executors that nobody acknowledged yet
 * @param acknowledged orders that executors acknowledged, over the process's life
 * @param asksWaiting questions of the API in the loop's inbox
 * @param reportsWaiting reports of executors there
 */
record Reading(
        long nanos,
        int ready,
        int lost,
        int coming,
        int healthy,
        int ending,
        long ordersOpen,
        long acknowledged,
        int asksWaiting,
        int reportsWaiting) {
    static Reading of(long nanos, Map<String, Double> values) {
        return new Reading(
                nanos,
                whole(values, "drove_executors{state=\"ready\"}"),
                whole(values, "drove_executors{state=\"lost\"}"),
                whole(values, "drove_instances{phase=\"coming\"}"),
                whole(values, "drove_instances{phase=\"healthy\"}"),
                whole(values, "drove_instances{phase=\"failing\"}")
                        + whole(values, "drove_instances{phase=\"stopping\"}"),
                whole(values, "drove_orders_open"),
                whole(values, "drove_orders_acknowledged"),
                whole(values, "drove_loop_asks_waiting"),
                whole(values, "drove_loop_reports_waiting"));
    }

    private static int whole(Map<String, Double> values, String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new MeasurementFailed("the controller has no metric " + name);
        }
        return value.intValue();
    }

    /** Instances that are journaled and serve or will. */
    int placed() {
        return coming + healthy;
    }

    /** Whether exactly that many are journaled, and executors have acknowledged all they were told. */
    boolean isDispatched(int instances) {
        return placed() == instances && ordersOpen == 0;
    }

    /** Whether exactly that many serve, and none is coming or going. */
    boolean isSettled(int instances) {
        return healthy == instances && coming == 0 && ending == 0 && ordersOpen == 0;
    }
}
