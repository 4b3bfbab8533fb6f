package io.drove.platform.http;

import java.util.Map;
import java.util.TreeMap;

/** The largest body that a request may have, in bytes, by its path. */
final class BodyLimits {
    private final long others;
    private final Map<String, Long> larger = new TreeMap<>();

    /**
     * Limits for one server.
     *
     * @param others for every path without a limit of its own
     * @param larger by path; each counts up to its share of half of the room for all bodies, so that there is room beside those at once, and is never less than that of the others
     * @param room for all bodies together
     */
    BodyLimits(long others, Map<String, Larger> larger, int room) {
        this.others = others;
        larger.forEach((path, one) ->
                this.larger.put(path, Math.max(others, Math.min(one.bytes(), room / 2 / one.atOnce()))));
    }

    /**
     * What a path takes.
     *
     * @param bytes of one body at the most
     * @param atOnce bodies that are there at the same time
     */
    record Larger(int bytes, int atOnce) {}

    /** That of a path as it was sent; one that is written in another way than it was added has that of the others. */
    long of(String path) {
        return larger.getOrDefault(path, others);
    }

    /** What no request may have more of. */
    long largest() {
        return larger.values().stream().mapToLong(Long::longValue).reduce(others, Math::max);
    }

    /** What is said with a 413. */
    String refusal(String path) {
        return "The request body is larger than " + of(path) + " bytes";
    }
}
