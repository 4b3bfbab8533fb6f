package io.drove.core.agent;

import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be told in this session: first the list of all instances, then those that changed since, each once however often it changed,
 * those that go down before those that come up. It holds ids, not reports, so that it is never larger than the instances are many.
 *
 * <p>What serves or serves no longer is due at once. Steps on the way up and receipts of orders are due after a moment in which others join them, or go along with what is due.
 */
final class Outbox {
    /** Room for the envelope around the reports. */
    private static final int FRAME_BUDGET = SessionProtocol.FRAME_BYTES_MAX - 2_048;

    private static final int BYTES_PER_ORDER = 21;
    private static final int ORDERS_PER_FRAME = 1_000;

    private final Deque<InstanceId> snapshot = new ArrayDeque<>();
    private boolean isSnapshotDue;
    private final Set<InstanceId> urgent = new LinkedHashSet<>();
    private final Set<InstanceId> changed = new LinkedHashSet<>();
    private final Deque<Long> received = new ArrayDeque<>();
    private final long gather;
    private long due = Deadlines.NONE;

    /** @param gather how long what is not urgent waits for company, in nanoseconds */
    Outbox(long gather) {
        this.gather = gather;
    }

    /** A new session: the whole picture is to be told. */
    void restart(Collection<InstanceId> all, long now) {
        clear();
        snapshot.addAll(all);
        isSnapshotDue = true;
        due = now;
    }

    void clear() {
        snapshot.clear();
        urgent.clear();
        changed.clear();
        received.clear();
        isSnapshotDue = false;
        due = Deadlines.NONE;
    }

    void changed(InstanceId id, InstanceState state, long now) {
        if (state.isComing()) {
            changed.add(id);
        } else {
            changed.remove(id);
            urgent.add(id);
        }
        boolean mayWait = state.isComing() && state != InstanceState.HEALTHY;
        due = Math.min(due, mayWait ? now + gather : now);
    }

    void received(long order, long now) {
        received.add(order);
        due = Math.min(due, now + gather);
    }

    /** When the next frame is due; {@link Deadlines#NONE} when there is nothing to tell. */
    long due() {
        return due;
    }

    /** The next frame; called when it is due. Instances that are known no more are passed over. */
    ToController next(Function<InstanceId, @Nullable InstanceReport> reports) {
        List<InstanceReport> batch = new ArrayList<>();
        ToController frame = isSnapshotDue ? nextOfSnapshot(reports, batch) : nextChanges(reports, batch);
        if (!isSnapshotDue && urgent.isEmpty() && changed.isEmpty() && received.isEmpty()) {
            due = Deadlines.NONE;
        }
        return frame;
    }

    private ToController nextOfSnapshot(
            Function<InstanceId, @Nullable InstanceReport> reports, List<InstanceReport> batch) {
        drain(snapshot, reports, batch, FRAME_BUDGET);
        isSnapshotDue = !snapshot.isEmpty();
        return new ToController.Snapshot(batch, !isSnapshotDue);
    }

    private ToController nextChanges(
            Function<InstanceId, @Nullable InstanceReport> reports, List<InstanceReport> batch) {
        List<Long> orders = new ArrayList<>();
        while (!received.isEmpty() && orders.size() < ORDERS_PER_FRAME) {
            orders.add(received.remove());
        }
        int room = drain(urgent, reports, batch, FRAME_BUDGET - orders.size() * BYTES_PER_ORDER);
        if (urgent.isEmpty()) {
            drain(changed, reports, batch, room);
        }
        return new ToController.Changes(batch, orders);
    }

    private static int drain(
            Collection<InstanceId> ids,
            Function<InstanceId, @Nullable InstanceReport> reports,
            List<InstanceReport> batch,
            int room) {
        int left = room;
        for (Iterator<InstanceId> iterator = ids.iterator(); iterator.hasNext(); ) {
            InstanceReport report = reports.apply(iterator.next());
            if (report != null) {
                int bytes = bytes(report);
                if (bytes > left && !batch.isEmpty()) {
                    break;
                }
                left -= bytes;
                batch.add(report);
            }
            iterator.remove();
        }
        return left;
    }

    /** An upper bound of the report's size as JSON, and so as Smile. */
    private static int bytes(InstanceReport report) {
        int bytes = 200 + bytes(report.app().value()) + bytes(report.error());
        for (var port : report.ports()) {
            bytes += 90 + bytes(port.name());
        }
        return bytes;
    }

    private static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x20 || c > 0x7e ? 6 : c == '"' || c == '\\' ? 2 : 1;
        }
        return bytes;
    }
}
