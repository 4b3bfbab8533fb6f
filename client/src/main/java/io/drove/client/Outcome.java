package io.drove.client;

import java.util.List;

/** What became of one of several operations that were asked for in one call. */
public sealed interface Outcome {
    /** The app that it is about, {@code NAME-VERSION}. */
    String appId();

    /** It was accepted, and can be followed by its id; not that it is done. */
    record Accepted(String appId, String operationId) implements Outcome {}

    /** Nothing was done, for these reasons. */
    record Refused(String appId, List<String> reasons) implements Outcome {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /** It was handed over, and whether it took effect is not known. */
    record Unknown(String appId, String words) implements Outcome {}
}
