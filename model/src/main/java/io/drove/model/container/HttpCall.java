package io.drove.model.container;

import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.time.TimeSpan;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
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
    /** The largest answer that is taken, in bytes: the limit that the original meant. */
    public static final int ANSWER_BYTES_MAX = 1 << 20;
    /** The longest time that is waited, whatever the timeouts say: a start waits for it. */
    public static final TimeSpan LONGEST = TimeSpan.ofSeconds(30);

    private static final String AUTHORIZATION = "Authorization";

    public HttpCall {
        successCodes = Collections.unmodifiableSortedSet(new TreeSet<>(successCodes));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Where the request goes. */
    public String url() {
        boolean isSecure = protocol == HttpScheme.HTTPS;
        int where = port != 0 ? port : isSecure ? 443 : 80;
        return (isSecure ? "https://" : "http://") + hostname + ":" + where + (path.startsWith("/") ? "" : "/") + path;
    }

    /** All headers that are sent, by name in any case. */
    public Map<String, String> requestHeaders() {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (username != null && password != null) {
            byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            sent.put(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        if (authHeader != null) {
            sent.put(AUTHORIZATION, authHeader);
        }
        sent.putAll(headers);
        return sent;
    }
}
