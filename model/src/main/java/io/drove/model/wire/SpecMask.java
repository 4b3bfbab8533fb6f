package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.HttpCall;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hides the secrets of a spec that is shown (reference 2.8). The spec itself stays as it is: the original overwrote it. */
public final class SpecMask {
    /** What stands for a secret. */
    static final String HIDDEN = "***";

    private static final Blob NOTHING = Blob.of(new byte[0]);

    private SpecMask() {}

    /**
     * A copy without the content of inline configs, and of HTTP calls without credentials, values of headers and what is sent: these carry tokens as often. What is not there stays
     * away. Commands, environment and arguments are shown, as in the original.
     */
    public static AppSpec mask(AppSpec spec) {
        return new AppSpec(
                spec.name(),
                spec.version(),
                spec.executable(),
                spec.exposedPorts(),
                spec.volumes(),
                spec.configs().stream().map(SpecMask::mask).toList(),
                spec.type(),
                spec.logging(),
                spec.resources(),
                spec.placementPolicy(),
                mask(spec.healthcheck()),
                mask(spec.readiness()),
                spec.tags(),
                spec.env(),
                spec.args(),
                spec.devices(),
                spec.exposureSpec(),
                mask(spec.preShutdown()),
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

    private static CheckSpec mask(CheckSpec check) {
        return new CheckSpec(
                mask(check.mode()), check.timeout(), check.interval(), check.attempts(), check.initialDelay());
    }

    private static PreShutdownSpec mask(PreShutdownSpec preShutdown) {
        return new PreShutdownSpec(
                preShutdown.hooks().stream().map(SpecMask::mask).toList(), preShutdown.waitBeforeKill());
    }

    private static CheckMode mask(CheckMode mode) {
        return switch (mode) {
            case CheckMode.Http http ->
                new CheckMode.Http(
                        http.protocol(),
                        http.portName(),
                        http.path(),
                        http.verb(),
                        http.successCodes(),
                        payload(http.payload()),
                        http.connectionTimeout(),
                        http.insecure());
            case CheckMode.Command command -> command;
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
                payload(call.payload()),
                call.connectionTimeout(),
                call.operationTimeout(),
                mask(call.username()),
                mask(call.password()),
                mask(call.authHeader()),
                headers(call.headers()),
                call.insecure());
    }

    private static @Nullable String mask(@Nullable String secret) {
        return secret == null ? null : HIDDEN;
    }

    private static String payload(String payload) {
        return payload.isEmpty() ? "" : HIDDEN;
    }

    private static Map<String, String> headers(Map<String, String> headers) {
        Map<String, String> masked = new LinkedHashMap<>(headers);
        masked.replaceAll((name, value) -> HIDDEN);
        return masked;
    }
}
