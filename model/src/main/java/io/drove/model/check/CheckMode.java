package io.drove.model.check;

import io.drove.model.time.TimeSpan;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** One way to ask a workload. */
public sealed interface CheckMode {
    /** A request to a port of the instance, by the port's name; any of {@code successCodes} is good. */
    record Http(
            HttpScheme protocol,
            String portName,
            String path,
            HttpVerb verb,
            SortedSet<Integer> successCodes,
            String payload,
            TimeSpan connectionTimeout,
            boolean insecure)
            implements CheckMode {
        public Http {
            successCodes = Collections.unmodifiableSortedSet(new TreeSet<>(successCodes));
        }
    }

    /** A command inside the container; exit code 0 is good. Run by {@code sh -c} unless {@code shellDisabled}. */
    record Command(String command, boolean shellDisabled) implements CheckMode {}
}
