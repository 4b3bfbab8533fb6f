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

    /** A new session: the whole picture is to be told. */
    void restart(Collection<InstanceId> all) {
        clear();
        snapshot.addAll(all);
        isSnapshotDue = true;
    }

    void clear() {
        snapshot.clear();
        urgent.clear();
        changed.clear();
        received.clear();
        isSnapshotDue = false;
    }

    void changed(InstanceId id, InstanceState state) {
        if (state.isComing()) {
            changed.add(id);
        } else {
            changed.remove(id);
            urgent.add(id);
        }
    }

    void received(long order) {
        received.add(order);
    }

    boolean isEmpty() {
        return !isSnapshotDue && urgent.isEmpty() && changed.isEmpty() && received.isEmpty();
    }

    /** The next frame; never called when empty. Instances that are known no more are passed over. */
    ToController next(Function<InstanceId, @Nullable InstanceReport> reports) {
        List<InstanceReport> batch = new ArrayList<>();
        int room = FRAME_BUDGET;
        if (isSnapshotDue) {
            room = drain(snapshot, reports, batch, room);
            isSnapshotDue = !snapshot.isEmpty();
            return new ToController.Snapshot(batch, !isSnapshotDue);
        }
        List<Long> orders = new ArrayList<>();
        while (!received.isEmpty() && orders.size() < ORDERS_PER_FRAME) {
            orders.add(received.remove());
        }
        room -= orders.size() * BYTES_PER_ORDER;
        room = drain(urgent, reports, batch, room);
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

    /** An upper bound of the report's size as JSON. */
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
