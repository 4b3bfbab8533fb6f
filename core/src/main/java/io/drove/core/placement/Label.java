package io.drove.core.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What executors have for one key of their metadata: the slots of each value. No value is a value too. */
final class Label {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<SlotSet> slots = new ArrayList<>();
    /** By number of the host. */
    private int[] values = new int[0];

    Label(String key, Slots all, int size) {
        for (int slot = 0; slot < size; slot++) {
            Machine machine = all.owner(slot);
            String value = machine.inventory().metadata().getOrDefault(key, "");
            int number = numbers.computeIfAbsent(value, _ -> numbers.size());
            if (number == slots.size()) {
                slots.add(all.set());
            }
            slots.get(number).add(slot);
            int host = machine.host().number();
            if (host >= values.length) {
                values = Arrays.copyOf(values, 2 * host + 1);
            }
            values[host] = number;
        }
    }

    /** Leaves, of the candidates, those with the values that have the fewest instances. */
    void leaveFewest(SlotSet candidates, Spread spread, SlotSet scratch) {
        int[] counts = new int[slots.size()];
        spread.sum(values, counts);
        // Level by level, so that each value's slots are looked at once, however few candidates there are.
        for (int level = next(counts, -1); level < Integer.MAX_VALUE; level = next(counts, level)) {
            scratch.clear();
            for (int value = 0; value < counts.length; value++) {
                if (counts[value] == level) {
                    scratch.addAll(slots.get(value));
                }
            }
            if (scratch.intersects(candidates)) {
                candidates.retainAll(scratch);
                return;
            }
        }
    }

    /** The smallest count above that one; the largest integer when there is none. */
    private static int next(int[] counts, int above) {
        int next = Integer.MAX_VALUE;
        for (int count : counts) {
            next = count > above ? Math.min(next, count) : next;
        }
        return next;
    }
}
