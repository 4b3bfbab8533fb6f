package io.drove.controller.loop;

import io.drove.core.contract.Input;
import io.drove.core.contract.Reply;
import io.drove.core.contract.SessionId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be decided: questions, reports, and signs of life, which do not wait behind reports, or a queue of ours would look like the silence of
 * an executor. What an executor reports while an earlier report of its session waits joins that one, and of each instance only the newest counts: however late we are,
 * the queue is as long as executors are many, not as their reports. Each is bounded. Safe for use by many threads.
 */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Ask> asks = new ArrayDeque<>();
    private final ArrayDeque<Report> reports = new ArrayDeque<>();
    private final Map<SessionId, Gathered> gathering = new HashMap<>();
    private Input.@Nullable ExecutorsHeard signs;
    private final LoopLimits limits;

    /** What waits of an executor. */
    private sealed interface Report {
        /** When it came, in monotonic nanoseconds. */
        long since();
    }

    private record Single(Input input, long since) implements Report {}

    /** Instances of one session, each as it was told last. */
    private static final class Gathered implements Report {
        private final Input.InstancesReported first;
        private long since;
        private final LinkedHashMap<InstanceId, InstanceReport> instances = new LinkedHashMap<>();

        Gathered(Input.InstancesReported first, long since) {
            this.first = first;
            this.since = since;
        }

        @Override
        public long since() {
            return since;
        }

        void add(List<InstanceReport> news) {
            for (InstanceReport report : news) {
                instances.put(report.id(), report);
            }
        }

        /** The next of them, as many as one decision should have: so many instances, and so many characters of errors, which all go into one batch. */
        Input.InstancesReported next(int instancesMax, int charactersMax) {
            List<InstanceReport> some = new ArrayList<>(Math.min(instancesMax, instances.size()));
            Iterator<InstanceReport> all = instances.values().iterator();
            int characters = 0;
            while (all.hasNext() && some.size() < instancesMax && characters < charactersMax) {
                InstanceReport report = all.next();
                characters += report.error().length();
                some.add(report);
                all.remove();
            }
            return new Input.InstancesReported(first.seed(), first.executor(), first.session(), some);
        }
    }

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

    /** Takes what an executor told, at a time in monotonic nanoseconds. */
    boolean offer(Input report, long now) {
        lock.lock();
        try {
            if (report instanceof Input.ExecutorsHeard heard) {
                signs = signs == null ? heard : merged(signs, heard);
                return true;
            }
            if (report instanceof Input.InstancesReported reported) {
                return gather(reported, now);
            }
            if (report instanceof Input.InstancesListed listed) {
                // What is told after the list is newer, and must not be decided before it.
                gathering.remove(listed.session());
            }
            return reports.size() < limits.reportsMax() && reports.add(new Single(report, now));
        } finally {
            lock.unlock();
        }
    }

    private boolean gather(Input.InstancesReported reported, long now) {
        Gathered known = gathering.get(reported.session());
        if (known == null) {
            if (reports.size() >= limits.reportsMax()) {
                return false;
            }
            known = new Gathered(reported, now);
            gathering.put(reported.session(), known);
            reports.add(known);
        }
        if (known.instances.size() >= limits.instancesGathered()) {
            return false;
        }
        known.add(reported.instances());
        return true;
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

    /** The next one, taken at a time in monotonic nanoseconds. */
    @Nullable
    Input nextReport(long now) {
        lock.lock();
        try {
            return switch (reports.poll()) {
                case null -> null;
                case Single(Input input, long _) -> input;
                case Gathered gathered -> {
                    Input.InstancesReported next =
                            gathered.next(limits.instancesPerReport(), limits.errorCharactersPerReport());
                    putBack(gathered, gathering.get(next.session()) == gathered, now);
                    yield next;
                }
            };
        } finally {
            lock.unlock();
        }
    }

    /** For how many nanoseconds the report has waited whose turn it is; 0 when none does. */
    long waited(long now) {
        lock.lock();
        try {
            Report next = reports.peek();
            return next == null ? 0 : now - next.since();
        } finally {
            lock.unlock();
        }
    }

    /** What is left of one that may still grow goes behind the others, so that nobody with much to tell holds them up; else it comes before the list that follows it. */
    private void putBack(Gathered gathered, boolean isOpen, long now) {
        if (gathered.instances.isEmpty()) {
            gathering.remove(gathered.first.session(), gathered);
        } else if (isOpen) {
            // It had its turn; who always has more to tell does not make us late.
            gathered.since = now;
            reports.addLast(gathered);
        } else {
            reports.addFirst(gathered);
        }
    }

    /** Empties it: reports are void, and these asked. */
    List<Ask> clear() {
        lock.lock();
        try {
            reports.clear();
            gathering.clear();
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
