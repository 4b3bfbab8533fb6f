package io.drove.controller.loop;

import io.drove.core.contract.Input;
import io.drove.core.contract.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits to be decided, in two classes, each bounded. Safe for use by many threads. */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Ask> asks = new ArrayDeque<>();
    private final ArrayDeque<Input> reports = new ArrayDeque<>();
    private final LoopLimits limits;

    /** A question with who waits for the answer. */
    record Ask(Input input, CompletableFuture<Reply> reply) {}

    /** How many wait. */
    record Depth(int asks, int reports) {
        boolean isEmpty() {
            return asks == 0 && reports == 0;
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
            return reports.size() < limits.reportsMax() && reports.add(report);
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
            return new Depth(asks.size(), reports.size());
        } finally {
            lock.unlock();
        }
    }
}
