package io.drove.core.state;

import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.check.CheckMode;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.DeviceSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.HttpCall;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.UserSpec;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPreference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much memory a spec takes, rather too high than too low, by the spec alone: equal specs have equal sizes on every machine. All that a user can make longer counts: texts by their
 * characters, blobs by their bytes, lists and maps by their entries.
 */
public final class SpecSize {
    /** The records that every spec has. */
    static final int SPEC_BYTES = 2_048;
    /** An entry of a list, a set or a map, with the record that it may be. */
    static final int ENTRY_BYTES = 128;
    /** A text without its characters, which have up to two bytes each. */
    static final int TEXT_BYTES = 48;

    private long bytes = SPEC_BYTES;

    private SpecSize() {}

    /** Bytes of memory, about. Takes as long as the spec is large. */
    public static long bytes(AppSpec spec) {
        SpecSize size = new SpecSize();
        size.add(spec);
        return size.bytes;
    }

    private void add(AppSpec spec) {
        text(spec.id().value());
        text(spec.version());
        add(spec.executable());
        entries(spec.exposedPorts().size());
        spec.exposedPorts().forEach(port -> text(port.name()));
        entries(spec.volumes().size());
        spec.volumes().forEach(volume -> {
            text(volume.pathInContainer());
            text(volume.pathOnHost());
        });
        entries(spec.configs().size());
        spec.configs().forEach(this::add);
        add(spec.logging());
        entries(spec.resources().size());
        add(spec.placementPolicy());
        add(spec.healthcheck().mode());
        add(spec.readiness().mode());
        texts(spec.tags());
        texts(spec.env());
        texts(spec.args());
        entries(spec.devices().size());
        spec.devices().forEach(this::add);
        ExposureSpec exposure = spec.exposureSpec();
        if (exposure != null) {
            text(exposure.vhost());
            text(exposure.portName());
        }
        entries(spec.preShutdown().hooks().size());
        spec.preShutdown().hooks().forEach(this::add);
        UserSpec user = spec.userSpec();
        if (user != null) {
            text(user.user());
            text(user.group());
        }
        entries(spec.placementPreferences().size());
        spec.placementPreferences().forEach(this::add);
    }

    private void add(Executable executable) {
        switch (executable) {
            case Executable.Docker docker -> text(docker.url());
        }
    }

    private void add(ConfigSpec config) {
        text(config.localFilename());
        switch (config) {
            case ConfigSpec.Inline inline -> bytes += inline.data().size();
            case ConfigSpec.ExecutorLocalFile file -> text(file.filePathOnHost());
            case ConfigSpec.ControllerHttpFetch fetch -> add(fetch.http());
            case ConfigSpec.ExecutorHttpFetch fetch -> add(fetch.http());
        }
    }

    private void add(HttpCall call) {
        text(call.hostname());
        text(call.path());
        entries(call.successCodes().size());
        text(call.payload());
        text(call.username());
        text(call.password());
        text(call.authHeader());
        texts(call.headers());
    }

    private void add(LoggingSpec logging) {
        switch (logging) {
            case LoggingSpec.Local local -> text(local.maxSize());
            case LoggingSpec.Rsyslog syslog -> {
                text(syslog.server());
                text(syslog.tagPrefix());
                text(syslog.tagSuffix());
            }
        }
    }

    private void add(PlacementPolicy policy) {
        switch (policy) {
            case PlacementPolicy.MatchTag match -> text(match.tag());
            case PlacementPolicy.RuleBased ruled -> text(ruled.rule());
            case PlacementPolicy.Composite composite -> {
                entries(composite.policies().size());
                composite.policies().forEach(this::add);
            }
            case PlacementPolicy.Any _,
                    PlacementPolicy.OnePerHost _,
                    PlacementPolicy.MaxPerHost _,
                    PlacementPolicy.NoTag _,
                    PlacementPolicy.Local _ -> {}
        }
    }

    private void add(PlacementPreference preference) {
        switch (preference) {
            case PlacementPreference.SpreadOver spread -> text(spread.label());
            case PlacementPreference.AwayFrom away -> texts(away.apps());
        }
    }

    private void add(CheckMode mode) {
        switch (mode) {
            case CheckMode.Http http -> {
                text(http.portName());
                text(http.path());
                entries(http.successCodes().size());
                text(http.payload());
            }
            case CheckMode.Command command -> text(command.command());
        }
    }

    private void add(DeviceSpec device) {
        switch (device) {
            case DeviceSpec.Direct direct -> {
                text(direct.pathOnHost());
                text(direct.pathInContainer());
            }
            case DeviceSpec.Detailed detailed -> {
                text(detailed.driver());
                texts(detailed.deviceIds());
                entries(detailed.capabilities().size());
                detailed.capabilities().forEach(this::texts);
                texts(detailed.options());
            }
        }
    }

    private void texts(List<String> all) {
        entries(all.size());
        all.forEach(this::text);
    }

    private void texts(Map<String, String> all) {
        entries(all.size());
        all.forEach((name, value) -> {
            text(name);
            text(value);
        });
    }

    private void text(@Nullable String text) {
        bytes += text == null ? 0 : TEXT_BYTES + 2L * text.length();
    }

    private void entries(int count) {
        bytes += (long) count * ENTRY_BYTES;
    }
}
