package io.drove.executor.container;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Status line and headers of an answer; header names in lower case. */
record HttpHead(int status, Map<String, String> headers) {
    HttpHead {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    boolean isChunked() {
        return "chunked".equalsIgnoreCase(headers.getOrDefault("transfer-encoding", ""));
    }

    boolean isClosing() {
        return "close".equalsIgnoreCase(headers.getOrDefault("connection", ""));
    }
}
