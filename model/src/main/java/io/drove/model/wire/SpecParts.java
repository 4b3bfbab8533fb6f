package io.drove.model.wire;

import io.drove.model.TextMap;
import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.app.OpSpec;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.DeviceSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.MountedVolume;
import io.drove.model.container.PortSpec;
import io.drove.model.time.TimeSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Gives specs their equal parts in common: a cluster of a hundred thousand apps has few different checks, images and log settings. What is given back equals what was given, down to the
 * order of its maps. Thread-safe.
 *
 * <p>Config files and devices that hold bytes or maps are left as they are: they are seldom equal, and dear to compare.
 */
public final class SpecParts {
    /** Room for the parts of a thousand specs that differ in most of them. A megabyte at most: it keeps no part alive. */
    private static final PartTable TABLE = new PartTable(1 << 13);

    private SpecParts() {}

    /** An equal spec. */
    public static AppSpec shared(AppSpec spec) {
        return new AppSpec(
                spec.id(),
                text(spec.version()),
                part(spec.executable(), SpecParts::anew),
                list(spec.exposedPorts(), SpecParts::anew),
                list(spec.volumes(), SpecParts::anew),
                each(spec.configs(), SpecParts::config),
                spec.type(),
                part(spec.logging()),
                list(spec.resources(), UnaryOperator.identity()),
                part(spec.placementPolicy()),
                part(spec.healthcheck(), SpecParts::anew),
                part(spec.readiness(), SpecParts::anew),
                texts(spec.tags()),
                texts(spec.env()),
                list(spec.args(), UnaryOperator.identity()),
                each(spec.devices(), SpecParts::device),
                spec.exposureSpec() == null ? null : part(spec.exposureSpec(), SpecParts::anew),
                part(spec.preShutdown(), SpecParts::anew),
                spec.userSpec() == null ? null : part(spec.userSpec()),
                list(spec.placementPreferences(), UnaryOperator.identity()));
    }

    /** The same for how an operation is carried out. */
    public static OpSpec shared(OpSpec how) {
        return part(how, it -> new OpSpec(span(it.timeout()), it.parallelism(), it.failureStrategy()));
    }

    private static <T> T part(T part) {
        return part(part, UnaryOperator.identity());
    }

    /** The one that is known; a new one is first made of parts that are. */
    private static <T> T part(T part, UnaryOperator<T> anew) {
        T known = TABLE.find(part, Objects::equals);
        if (known != null) {
            return known;
        }
        T made = anew.apply(part);
        TABLE.add(made);
        return made;
    }

    private static String text(String text) {
        return text.isEmpty() ? "" : part(text);
    }

    private static TimeSpan span(TimeSpan span) {
        return part(span);
    }

    private static <T> List<T> list(List<T> list, UnaryOperator<T> anew) {
        return list.isEmpty() ? list : part(list, it -> each(it, element -> part(element, anew)));
    }

    private static <T> List<T> each(List<T> list, UnaryOperator<T> anew) {
        return list.isEmpty() ? list : List.copyOf(list.stream().map(anew).toList());
    }

    private static Map<String, String> texts(Map<String, String> texts) {
        TextMap map = TextMap.copyOf(texts);
        TextMap known = map.isEmpty() ? map : TABLE.find(map, TextMap::isWrittenAs);
        if (known != null) {
            return known;
        }
        Map<String, String> anew = new LinkedHashMap<>();
        map.forEach((key, value) -> anew.put(text(key), text(value)));
        TextMap made = TextMap.copyOf(anew);
        TABLE.add(made);
        return made;
    }

    private static Executable anew(Executable executable) {
        return switch (executable) {
            case Executable.Docker docker ->
                new Executable.Docker(text(docker.url()), span(docker.pullTimeout()), docker.pullPolicy());
        };
    }

    private static PortSpec anew(PortSpec port) {
        return new PortSpec(text(port.name()), port.port(), port.type());
    }

    private static MountedVolume anew(MountedVolume volume) {
        return new MountedVolume(text(volume.pathInContainer()), text(volume.pathOnHost()), volume.mode());
    }

    private static CheckSpec anew(CheckSpec check) {
        return new CheckSpec(
                part(check.mode(), SpecParts::anew),
                span(check.timeout()),
                span(check.interval()),
                check.attempts(),
                span(check.initialDelay()));
    }

    private static CheckMode anew(CheckMode mode) {
        return switch (mode) {
            case CheckMode.Http http ->
                new CheckMode.Http(
                        http.protocol(),
                        text(http.portName()),
                        text(http.path()),
                        http.verb(),
                        http.successCodes(),
                        text(http.payload()),
                        span(http.connectionTimeout()),
                        http.insecure());
            case CheckMode.Command command -> command;
        };
    }

    private static PreShutdownSpec anew(PreShutdownSpec preShutdown) {
        return new PreShutdownSpec(list(preShutdown.hooks(), SpecParts::anew), span(preShutdown.waitBeforeKill()));
    }

    private static ExposureSpec anew(ExposureSpec exposure) {
        return new ExposureSpec(text(exposure.vhost()), text(exposure.portName()), exposure.mode());
    }

    private static ConfigSpec config(ConfigSpec config) {
        return config instanceof ConfigSpec.ExecutorLocalFile file ? part(file) : config;
    }

    private static DeviceSpec device(DeviceSpec device) {
        return device instanceof DeviceSpec.Direct direct ? part(direct) : device;
    }
}
