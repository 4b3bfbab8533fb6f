package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.HttpCall;
import org.jspecify.annotations.Nullable;

/** Hides the secrets of a spec that is shown (reference 2.8). The spec itself stays as it is: the original overwrote it. */
public final class SpecMask {
    /** What stands for a secret. */
    static final String HIDDEN = "***";

    private static final Blob NOTHING = Blob.of(new byte[0]);

    private SpecMask() {}

    /**
     * A copy without the content of inline configs and without credentials of HTTP calls. Nothing else is hidden, as in the original: a client that reads a spec, edits it and
     * deploys it would run with stars for its headers and payloads.
     */
    public static AppSpec mask(AppSpec spec) {
        return new AppSpec(
                spec.id(),
                spec.version(),
                spec.executable(),
                spec.exposedPorts(),
                spec.volumes(),
                spec.configs().stream().map(SpecMask::mask).toList(),
                spec.type(),
                spec.logging(),
                spec.resources(),
                spec.placementPolicy(),
                spec.healthcheck(),
                spec.readiness(),
                spec.tags(),
                spec.env(),
                spec.args(),
                spec.devices(),
                spec.exposureSpec(),
                spec.preShutdown(),
                spec.userSpec(),
                spec.placementPreferences());
    }

    private static ConfigSpec mask(ConfigSpec config) {
        return switch (config) {
            case ConfigSpec.Inline inline -> new ConfigSpec.Inline(inline.localFilename(), NOTHING);
            case ConfigSpec.ExecutorLocalFile file -> file;
            case ConfigSpec.ControllerHttpFetch fetch ->
                new ConfigSpec.ControllerHttpFetch(fetch.localFilename(), mask(fetch.http()));
            case ConfigSpec.ExecutorHttpFetch fetch ->
                new ConfigSpec.ExecutorHttpFetch(fetch.localFilename(), mask(fetch.http()));
        };
    }

    private static HttpCall mask(HttpCall call) {
        return new HttpCall(
                call.protocol(),
                call.hostname(),
                call.port(),
                call.path(),
                call.verb(),
                call.successCodes(),
                call.payload(),
                call.connectionTimeout(),
                call.operationTimeout(),
                mask(call.username()),
                mask(call.password()),
                mask(call.authHeader()),
                call.headers(),
                call.insecure());
    }

    private static @Nullable String mask(@Nullable String secret) {
        return secret == null ? null : HIDDEN;
    }
}
