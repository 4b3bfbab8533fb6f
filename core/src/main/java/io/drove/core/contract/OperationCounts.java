package io.drove.core.contract;

import java.util.stream.IntStream;

/**
 * How far an operation came, in instances.
 *
 * @param wanted to be started, stopped or replaced
 * @param done how many of them were
 * @param failed starts that failed on the way
 */
public record OperationCounts(int wanted, int done, int failed) {
    private static final OperationCounts[] ALL_DONE = IntStream.range(0, 16)
            .mapToObj(all -> new OperationCounts(all, all, 0))
            .toArray(OperationCounts[]::new);

    /** Equal ones to keep: those of a few instances that were all done are made once, since most operations end so. */
    public OperationCounts shared() {
        boolean isKept = done == wanted && failed == 0 && wanted >= 0 && wanted < ALL_DONE.length;
        return isKept ? ALL_DONE[wanted] : this;
    }
}
