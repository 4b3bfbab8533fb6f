package io.drove.core.state;

import io.drove.model.id.AppId;
import io.vavr.collection.HashMap;
import io.vavr.collection.Queue;

/**
 * Apps that may need starts or stops, in the order in which they were touched; changes cost the same, one with another, however many there are.
 *
 * @param queue begins with an app whose turn it is; of the others some may have had theirs, little more than half
 * @param turns of the apps that wait
 */
public record Unsettled(Queue<Turn> queue, HashMap<AppId, Long> turns, long next) {
    private static final int SPENT_MAX = 16;

    public static final Unsettled NONE = new Unsettled(Queue.empty(), HashMap.empty(), 0);

    /** The place of an app in the queue. */
    public record Turn(AppId app, long number) {}

    public boolean isEmpty() {
        return turns.isEmpty();
    }

    /** The app whose turn it is. */
    public AppId head() {
        return queue.head().app();
    }

    public boolean contains(AppId app) {
        return turns.containsKey(app);
    }

    /** With that app at the end, unless it waits already. */
    Unsettled add(AppId app) {
        return contains(app) ? this : new Unsettled(queue.enqueue(new Turn(app, next)), turns.put(app, next), next + 1);
    }

    Unsettled remove(AppId app) {
        if (!contains(app)) {
            return this;
        }
        HashMap<AppId, Long> left = turns.remove(app);
        Queue<Turn> after = queue;
        // Not dropWhile, which copies all of it.
        while (!after.isEmpty() && !isDue(after.head(), left)) {
            after = after.tail();
        }
        boolean isMostlySpent = after.size() > SPENT_MAX + 2 * left.size();
        return new Unsettled(isMostlySpent ? after.filter(turn -> isDue(turn, left)) : after, left, next);
    }

    private static boolean isDue(Turn turn, HashMap<AppId, Long> turns) {
        return turns.getOrElse(turn.app(), -1L) == turn.number();
    }
}
