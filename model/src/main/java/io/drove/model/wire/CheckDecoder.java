package io.drove.model.wire;

import static java.util.Objects.requireNonNull;

import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.time.TimeSpan;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Reads checks and hooks (reference 4.5). */
final class CheckDecoder {
    private static final List<String> MODES = List.of("CMD", "HTTP");
    private static final Range ATTEMPTS = Range.of(1, 100);

    /** What can be a status of HTTP. */
    static final Range STATUS_CODES = Range.of(100, 999);

    private CheckDecoder() {}

    static @Nullable CheckSpec check(TreeReader check) {
        CheckMode mode = check.variant("mode", "CheckModeSpec", TreeReader.NOT_NULL, CheckDecoder::mode);
        TimeSpan timeout = positive(check, "timeout");
        TimeSpan interval = positive(check, "interval");
        int attempts = check.whole("attempts", 0, ATTEMPTS);
        TimeSpan initialDelay = check.spanOr("initialDelay", TimeSpan.ofSeconds(0));
        return check.build(() -> new CheckSpec(requireNonNull(mode), timeout, interval, attempts, initialDelay));
    }

    /** A timeout or interval of nothing would make a check fail always, or a loop that never rests. */
    private static TimeSpan positive(TreeReader check, String name) {
        TimeSpan span = check.span(name, TreeReader.NOT_NULL);
        if (span.count() == 0) {
            check.violated(name, "must be longer than 0", span.toString(), "");
        }
        return span;
    }

    static @Nullable CheckMode mode(TreeReader mode) {
        return switch (mode.type("CheckModeSpec", MODES, "")) {
            case "HTTP" -> http(mode);
            case "CMD" -> command(mode);
            case String _ -> null;
        };
    }

    private static @Nullable CheckMode http(TreeReader mode) {
        HttpScheme protocol = mode.choiceOr("protocol", HttpScheme.class, HttpScheme.HTTP);
        String portName = mode.text("portName", TreeReader.NOT_EMPTY);
        String path = mode.text("path", TreeReader.NOT_EMPTY);
        TextRules.urlPath(mode, "path", path, true);
        HttpVerb verb = mode.choice("verb", HttpVerb.class, TreeReader.NOT_NULL);
        SortedSet<Integer> successCodes = mode.numbers("successCodes", STATUS_CODES);
        if (mode.isMissingOrEmpty("successCodes")) {
            mode.violated("successCodes", TreeReader.NOT_EMPTY, "", "");
        }
        String payload = mode.textOr("payload", "");
        TimeSpan connectionTimeout = mode.spanOr("connectionTimeout", TimeSpan.ofSeconds(1));
        boolean insecure = mode.flag("insecure", false);
        return mode.build(() ->
                new CheckMode.Http(protocol, portName, path, verb, successCodes, payload, connectionTimeout, insecure));
    }

    private static @Nullable CheckMode command(TreeReader mode) {
        String command = mode.text("command", TreeReader.NOT_EMPTY);
        boolean shellDisabled = mode.flag("shellDisabled", false);
        return mode.build(() -> new CheckMode.Command(command, shellDisabled));
    }

    static @Nullable PreShutdownSpec preShutdown(TreeReader spec) {
        List<CheckMode> hooks = spec.variants("hooks", "CheckModeSpec", CheckDecoder::mode);
        TimeSpan waitBeforeKill = spec.spanOr("waitBeforeKill", TimeSpan.ofSeconds(0));
        return spec.build(() -> new PreShutdownSpec(hooks, waitBeforeKill));
    }
}
