package io.drove.controller.link;

import io.drove.core.contract.Command;
import io.drove.model.app.AppSpec;
import io.drove.model.id.InstanceId;
import io.drove.model.session.ToExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one executor is to be told: greetings and signs of life first, then stops, starts, and what it may forget. Guarded by its owner. */
final class Outbox {
    private final ArrayDeque<ToExecutor> talk = new ArrayDeque<>();
    private final Map<InstanceId, Command.Stop> stops = new LinkedHashMap<>();
    private final Map<InstanceId, Start> starts = new LinkedHashMap<>();
    private final Set<InstanceId> forgets = new LinkedHashSet<>();
    private final Digests specsSent = new Digests();

    private record Start(Command.Start command, AppSpec spec) {}

    /** What orders are made with. */
    interface Stationery {
        long nextOrder();

        long epoch();

        String digest(AppSpec spec);

        @Nullable
        String token(Command.Start start);
    }

    void say(ToExecutor frame) {
        talk.add(frame);
    }

    void start(Command.Start command, AppSpec spec) {
        starts.put(command.instance(), new Start(command, spec));
    }

    /** Goes before a start that has not left yet: the executor refuses that start, and so says that the instance is over. */
    void stop(Command.Stop command) {
        stops.put(command.instance(), command);
    }

    void forget(InstanceId instance) {
        forgets.add(instance);
    }

    int orders() {
        return stops.size() + starts.size() + forgets.size();
    }

    int specsSent() {
        return specsSent.size();
    }

    boolean isEmpty() {
        return talk.isEmpty() && orders() == 0;
    }

    /** Only what is said is still said. */
    void dropOrders() {
        stops.clear();
        starts.clear();
        forgets.clear();
    }

    /** The next frame, or null; a spec goes before the first start that names it. */
    @Nullable
    ToExecutor next(Stationery with, int forgetsMax) {
        if (!talk.isEmpty()) {
            return talk.remove();
        }
        if (!stops.isEmpty()) {
            Command.Stop stop = removeFirst(stops);
            return new ToExecutor.Stop(
                    with.nextOrder(),
                    with.epoch(),
                    stop.instance(),
                    stop.reason().words());
        }
        if (!starts.isEmpty()) {
            return nextStart(with);
        }
        return forgets.isEmpty() ? null : new ToExecutor.Forget(with.nextOrder(), removeFirst(forgetsMax));
    }

    private ToExecutor nextStart(Stationery with) {
        Start first = starts.values().iterator().next();
        String digest = with.digest(first.spec());
        if (specsSent.add(digest)) {
            return new ToExecutor.Spec(digest, first.spec());
        }
        Command.Start start = removeFirst(starts).command();
        return new ToExecutor.Start(
                with.nextOrder(),
                with.epoch(),
                start.instance(),
                start.app(),
                digest,
                start.allocation(),
                with.token(start));
    }

    private static <T> T removeFirst(Map<InstanceId, T> all) {
        Iterator<T> first = all.values().iterator();
        T value = first.next();
        first.remove();
        return value;
    }

    private List<InstanceId> removeFirst(int max) {
        List<InstanceId> some = new ArrayList<>();
        for (Iterator<InstanceId> all = forgets.iterator(); all.hasNext() && some.size() < max; ) {
            some.add(all.next());
            all.remove();
        }
        return some;
    }
}
