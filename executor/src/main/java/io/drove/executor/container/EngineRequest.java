package io.drove.executor.container;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** One request to the engine. */
record EngineRequest(String method, String path, String contentType, byte[] body, Map<String, String> headers) {
    private static final byte[] NOTHING = {};

    EngineRequest {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    static EngineRequest get(String path) {
        return new EngineRequest("GET", path, "", NOTHING, Map.of());
    }

    static EngineRequest post(String path) {
        return new EngineRequest("POST", path, "application/json", NOTHING, Map.of());
    }

    static EngineRequest post(String path, String json) {
        return new EngineRequest("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static EngineRequest delete(String path) {
        return new EngineRequest("DELETE", path, "application/json", NOTHING, Map.of());
    }

    static EngineRequest putTar(String path, byte[] tar) {
        return new EngineRequest("PUT", path, "application/x-tar", tar, Map.of());
    }

    EngineRequest with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new EngineRequest(method, path, contentType, body, more);
    }
}
