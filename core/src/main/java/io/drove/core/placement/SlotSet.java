package io.drove.core.placement;

import java.util.Arrays;

/** A set of slots, one bit each. Sets that are combined have the same capacity: those of one {@link Slots}. */
final class SlotSet {
    private final long[] words;

    SlotSet(int capacity) {
        words = new long[(capacity + Long.SIZE - 1) / Long.SIZE];
    }

    void add(int slot) {
        words[slot >> 6] |= 1L << slot;
    }

    void remove(int slot) {
        words[slot >> 6] &= ~(1L << slot);
    }

    void set(int slot, boolean isMember) {
        if (isMember) {
            add(slot);
        } else {
            remove(slot);
        }
    }

    boolean contains(int slot) {
        return (words[slot >> 6] & (1L << slot)) != 0;
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    /** Becomes a copy of that set. */
    SlotSet become(SlotSet other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
        return this;
    }

    SlotSet retainAll(SlotSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= other.words[i];
        }
        return this;
    }

    SlotSet removeAll(SlotSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= ~other.words[i];
        }
        return this;
    }

    SlotSet addAll(SlotSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
        return this;
    }

    boolean intersects(SlotSet other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & other.words[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The smallest member at or above {@code from}, or -1. */
    int next(int from) {
        int word = from >> 6;
        if (word >= words.length) {
            return -1;
        }
        long bits = words[word] & (-1L << from);
        while (bits == 0) {
            word++;
            if (word == words.length) {
                return -1;
            }
            bits = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /** How many members it has in common with that set. */
    int countOf(SlotSet other) {
        int count = 0;
        for (int i = 0; i < words.length; i++) {
            count += Long.bitCount(words[i] & other.words[i]);
        }
        return count;
    }

    /** The smallest member that is also in that set, or -1. */
    int firstInside(SlotSet other) {
        for (int i = 0; i < words.length; i++) {
            long bits = words[i] & other.words[i];
            if (bits != 0) {
                return (i << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }

    /** The smallest member that is not in that set, or -1. */
    int firstOutside(SlotSet other) {
        for (int i = 0; i < words.length; i++) {
            long bits = words[i] & ~other.words[i];
            if (bits != 0) {
                return (i << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }
}
