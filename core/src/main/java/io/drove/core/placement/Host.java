package io.drove.core.placement;

import java.util.Arrays;

/** A machine as its name tells it: executors with one hostname share it. */
final class Host {
    private final int number;
    private int[] slots = new int[0];

    Host(int number) {
        this.number = number;
    }

    /** By which {@link Spread} knows it. */
    int number() {
        return number;
    }

    int[] slots() {
        return slots;
    }

    void add(int slot) {
        slots = Arrays.copyOf(slots, slots.length + 1);
        slots[slots.length - 1] = slot;
    }

    void clear() {
        slots = new int[0];
    }
}
