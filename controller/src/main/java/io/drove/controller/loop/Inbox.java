package io.drove.controller.loop;

import io.drove.core.contract.Input;
import io.drove.core.contract.Reply;
import io.drove.model.id.ExecutorId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be decided: questions, reports, and signs of life, which do not wait behind reports, or a queue of ours would look like the silence of
 * an executor. Each is bounded. Safe for use by many threads.
 */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Ask> asks = new ArrayDeque<>();
    private final ArrayDeque<Input> reports = new ArrayDeque<>();
    private Input.@Nullable ExecutorsHeard signs;
    private final LoopLimits limits;

    /** A question with who waits for the answer. */
    record Ask(Input input, CompletableFuture<Reply> reply) {}

    /** How many wait. */
    record Depth(int asks, int reports, boolean hasSigns) {
        boolean isEmpty() {
            return asks == 0 && reports == 0 && !hasSigns;
        }
    }

    Inbox(LoopLimits limits) {
        this.limits = limits;
    }

    boolean offer(Ask ask) {
        lock.lock();
        try {
            return asks.size() < limits.asksMax() && asks.add(ask);
        } finally {
            lock.unlock();
        }
    }

    boolean offer(Input report) {
        lock.lock();
        try {
            if (report instanceof Input.ExecutorsHeard heard) {
                signs = signs == null ? heard : merged(signs, heard);
                return true;
            }
            return reports.size() < limits.reportsMax() && reports.add(report);
        } finally {
            lock.unlock();
        }
    }

    private static Input.ExecutorsHeard merged(Input.ExecutorsHeard first, Input.ExecutorsHeard second) {
        LinkedHashSet<ExecutorId> all = new LinkedHashSet<>(first.executors());
        all.addAll(second.executors());
        return new Input.ExecutorsHeard(second.seed(), List.copyOf(all));
    }

    /** All signs of life since the last time. */
    Input.@Nullable ExecutorsHeard nextSigns() {
        lock.lock();
        try {
            Input.ExecutorsHeard all = signs;
            signs = null;
            return all;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Ask nextAsk() {
        lock.lock();
        try {
            return asks.poll();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Input nextReport() {
        lock.lock();
        try {
            return reports.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Empties it: reports are void, and these asked. */
    List<Ask> clear() {
        lock.lock();
        try {
            reports.clear();
            signs = null;
            List<Ask> waiting = new ArrayList<>(asks);
            asks.clear();
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    Depth depth() {
        lock.lock();
        try {
            return new Depth(asks.size(), reports.size(), signs != null);
        } finally {
            lock.unlock();
        }
    }
}
