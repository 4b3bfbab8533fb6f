package io.drove.controller.link;

import static io.drove.model.Assertion.require;

import java.util.HexFormat;

/** A set of digests as {@code SpecBytes} gives them, in some 24 bytes each: all sessions together remember one for each app on each executor. Guarded by its owner. */
final class Digests {
    private static final int DIGITS = 32;

    /** Two longs a place: a free one has zeros. At least one is free. */
    private long[] places = new long[2 * 8];

    private int size;

    int size() {
        return size;
    }

    /** False when it was there already. */
    boolean add(String digest) {
        require(digest.length() == DIGITS, "a digest has %d digits, this one %d", DIGITS, digest.length());
        // So that none is zero; the bit that is lost is one of 128.
        long high = 1 | HexFormat.fromHexDigitsToLong(digest, 0, DIGITS / 2);
        long low = HexFormat.fromHexDigitsToLong(digest, DIGITS / 2, DIGITS);
        if (8 * size >= 7 * (places.length / 2)) {
            grow();
        }
        if (!put(high, low)) {
            return false;
        }
        size++;
        return true;
    }

    private boolean put(long high, long low) {
        int mask = places.length - 2;
        int place = (int) low << 1 & mask;
        while (places[place] != 0) {
            if (places[place] == high && places[place + 1] == low) {
                return false;
            }
            place = place + 2 & mask;
        }
        places[place] = high;
        places[place + 1] = low;
        return true;
    }

    private void grow() {
        long[] before = places;
        places = new long[2 * before.length];
        for (int i = 0; i < before.length; i += 2) {
            if (before[i] != 0) {
                put(before[i], before[i + 1]);
            }
        }
    }
}
