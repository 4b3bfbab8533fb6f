package io.drove.core.state;

import static java.util.Objects.requireNonNull;

import io.drove.model.id.AppId;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeMap;

/** Apps that may need starts or stops, in the order in which they were touched; each change costs the same however many there are. */
public record Unsettled(TreeMap<Long, AppId> byTurn, HashMap<AppId, Long> turns, long next) {
    public static final Unsettled NONE = new Unsettled(TreeMap.empty(), HashMap.empty(), 0);

    public boolean isEmpty() {
        return turns.isEmpty();
    }

    /** The app whose turn it is. */
    public AppId head() {
        return byTurn.head()._2();
    }

    public boolean contains(AppId app) {
        return turns.containsKey(app);
    }

    /** With that app at the end, unless it waits already. */
    Unsettled add(AppId app) {
        return contains(app) ? this : new Unsettled(byTurn.put(next, app), turns.put(app, next), next + 1);
    }

    Unsettled remove(AppId app) {
        if (!contains(app)) {
            return this;
        }
        return new Unsettled(byTurn.remove(requireNonNull(turns.getOrElse(app, null))), turns.remove(app), next);
    }
}
