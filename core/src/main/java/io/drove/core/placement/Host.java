package io.drove.core.placement;

import java.util.Arrays;

/** A machine as its name tells it: executors with one hostname share it. */
final class Host {
    private final int number;
    private final Spread alone;
    private int[] slots = new int[0];

    Host(int number) {
        this.number = number;
        this.alone = Spread.on(number);
    }

    /** By which {@link Spread} knows it. */
    int number() {
        return number;
    }

    /** The spread of every app that has one instance, and has it here. */
    Spread alone() {
        return alone;
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
