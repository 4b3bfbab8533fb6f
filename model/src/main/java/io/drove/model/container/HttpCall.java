package io.drove.model.container;

import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.time.TimeSpan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that fetches a config file. {@code port} 0 means the scheme's own; {@code authHeader} overrides user name and password, and
 * {@code headers} override both. User name, password and header are secret and masked when a spec is read back.
 */
public record HttpCall(
        HttpScheme protocol,
        String hostname,
        int port,
        String path,
        HttpVerb verb,
        SortedSet<Integer> successCodes,
        String payload,
        TimeSpan connectionTimeout,
        TimeSpan operationTimeout,
        @Nullable String username,
        @Nullable String password,
        @Nullable String authHeader,
        Map<String, String> headers,
        boolean insecure) {
    public HttpCall {
        successCodes = Collections.unmodifiableSortedSet(new TreeSet<>(successCodes));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
