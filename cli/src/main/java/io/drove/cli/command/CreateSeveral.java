package io.drove.cli.command;

import io.drove.cli.follow.OperationFollower;
import io.drove.cli.follow.OperationsFollower;
import io.drove.cli.line.UsageException;
import io.drove.cli.show.Plain;
import io.drove.cli.show.Progress;
import io.drove.client.CallFailedException;
import io.drove.client.Json;
import io.drove.client.Outcome;
import io.drove.client.Outcomes;
import io.drove.model.wire.DocumentLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code drove apps create} with several files: as few calls as their number and size allow, one mostly; each application is then accepted or refused by itself. */
final class CreateSeveral {
    // A controller with little memory takes less than the most that a batch may have.
    private static final int CALL_BYTES_MAX = DocumentLimits.BATCH_BYTES_MAX / 8;
    private static final Pattern PLACE = Pattern.compile("operations\\[(\\d{1,4})](?:\\.spec)?\\.?");

    private final Context context;
    private final List<Creation> creations;
    /** Of the first of them, as many as have been asked for. */
    private final List<Outcome> outcomes = new ArrayList<>();

    /** One file, and the operation that creates what stands in it. */
    private record Creation(String file, ObjectNode operation) {
        int bytes() {
            return Json.compact(operation).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /**
     * Reads all files.
     *
     * @param operation what is asked for each of them, without the spec
     * @throws UsageException if one of them cannot be read
     */
    CreateSeveral(Context context, List<String> files, ObjectNode operation) {
        if (files.stream().filter("-"::equals).count() > 1) {
            throw new UsageException("- stands more than once; standard input holds one spec");
        }
        this.context = context;
        this.creations = files.stream()
                .map(file -> new Creation(
                        file,
                        operation
                                .deepCopy()
                                .set(
                                        "spec",
                                        SpecFile.read(
                                                file, context.environment().in()))))
                .toList();
    }

    /** Asks for each spec what is odd about it; nothing is created if anything is. */
    void check() {
        int bad = 0;
        for (Creation creation : creations) {
            List<String> said = new ArrayList<>();
            try {
                context.client().validate(creation.operation().path("spec")).warnings().stream()
                        .map(warning -> "warning: " + creation.file() + ": " + warning)
                        .forEach(said::add);
            } catch (CallFailedException refused) {
                if (refused.kind() != CallFailedException.Kind.REFUSED) {
                    throw refused;
                }
                said.add("error: " + creation.file() + ": " + refused.getMessage());
                refused.details().validationErrors().stream()
                        .map(mistake -> "  " + mistake)
                        .forEach(said::add);
            }
            said.forEach(context.screen()::note);
            bad += said.isEmpty() ? 0 : 1;
        }
        if (bad > 0) {
            throw new CommandFailedException("nothing was created, because of what is said above about " + bad + " of "
                    + creations.size() + " specs and --strict; mend them, or leave --strict out");
        }
    }

    /** Creates them, waits if that was asked for, and prints what became of each, also before it fails. */
    void run() {
        boolean isWaitedFor = context.arguments().has(Flags.WAIT.key());
        Duration wait = Operate.waitTimeout(context.arguments());
        Map<String, JsonNode> records = new LinkedHashMap<>();
        try {
            calls().forEach(this::call);
            if (isWaitedFor) {
                records.putAll(await(wait));
            }
        } catch (CallFailedException | CommandFailedException failure) {
            if (!outcomes.isEmpty()) {
                show(records);
            }
            throw failure;
        }
        show(records);
        requireAll(records, isWaitedFor);
    }

    private List<List<Creation>> calls() {
        List<List<Creation>> calls = new ArrayList<>();
        long bytes = 0;
        for (Creation creation : creations) {
            int own = creation.bytes();
            if (calls.isEmpty() || calls.getLast().size() == DocumentLimits.BATCH_MAX || bytes + own > CALL_BYTES_MAX) {
                calls.add(new ArrayList<>());
                bytes = 0;
            }
            calls.getLast().add(creation);
            bytes += own;
        }
        return calls;
    }

    private void call(List<Creation> creations) {
        Outcomes answer;
        try {
            answer = context.client()
                    .operateAll(creations.stream().map(Creation::operation).toList());
        } catch (CallFailedException refused) {
            throw named(refused, creations);
        }
        for (String warning : answer.warnings()) {
            context.screen().note("warning: " + named(warning, creations));
        }
        outcomes.addAll(answer.operations());
    }

    /** A refusal of the whole call, with files for the numbers of its operations; another failure as it is. */
    private RuntimeException named(CallFailedException failure, List<Creation> creations) {
        if (failure.details().validationErrors().isEmpty()) {
            return failure;
        }
        for (String mistake : failure.details().validationErrors()) {
            context.screen().note("  " + Plain.line(named(mistake, creations)));
        }
        for (String warning : failure.details().warnings()) {
            context.screen().note("warning: " + Plain.line(named(warning, creations)));
        }
        return new CommandFailedException(
                failure.getMessage() + "; of these " + creations.size() + " applications none was created");
    }

    private static String named(String text, List<Creation> creations) {
        return PLACE.matcher(text).replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(
                    index < creations.size() ? creations.get(index).file() + ": " : place.group());
        });
    }

    private Map<String, JsonNode> await(Duration wait) {
        List<String> ids = outcomes.stream()
                .filter(Outcome.Accepted.class::isInstance)
                .map(outcome -> ((Outcome.Accepted) outcome).operationId())
                .toList();
        Progress progress = new Progress(
                context.environment().err(),
                context.environment().errIsTerminal().getAsBoolean());
        return new OperationsFollower(
                        context.client(), progress, context.environment().pace())
                .follow(ids, wait);
    }

    private void show(Map<String, JsonNode> records) {
        ArrayNode data = Json.array();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < outcomes.size(); i++) {
            data.add(data(creations.get(i), outcomes.get(i), records));
            lines.append(Plain.line(line(creations.get(i), outcomes.get(i), records)))
                    .append('\n');
        }
        context.show(data, lines::toString);
    }

    private static ObjectNode data(Creation creation, Outcome outcome, Map<String, JsonNode> records) {
        ObjectNode data = Json.object().put("file", creation.file()).put("appId", outcome.appId());
        switch (outcome) {
            case Outcome.Accepted accepted -> {
                data.put("operationId", accepted.operationId());
                if (records.containsKey(accepted.operationId())) {
                    data.set("operation", records.get(accepted.operationId()));
                }
            }
            case Outcome.Refused refused -> refused.reasons().forEach(data.putArray("refusals")::add);
            case Outcome.Unknown unknown -> data.put("unknown", unknown.words());
        }
        return data;
    }

    private String line(Creation creation, Outcome outcome, Map<String, JsonNode> records) {
        String what = "CREATE of " + outcome.appId();
        return switch (outcome) {
            case Outcome.Accepted accepted
            when records.containsKey(accepted.operationId()) ->
                OperationFollower.describe(records.get(accepted.operationId()));
            case Outcome.Accepted accepted ->
                what + " accepted; see `drove operations show " + accepted.operationId() + "`";
            case Outcome.Refused refused ->
                what + " refused (" + creation.file() + "): " + String.join("; ", refused.reasons());
            case Outcome.Unknown unknown -> what + " not known (" + creation.file() + "): " + unknown.words();
        };
    }

    private void requireAll(Map<String, JsonNode> records, boolean isWaitedFor) {
        long refused =
                outcomes.stream().filter(Outcome.Refused.class::isInstance).count();
        long unknown =
                outcomes.stream().filter(Outcome.Unknown.class::isInstance).count();
        long failed = records.values().stream()
                .filter(record -> !record.path("state").asString("").equals("SUCCEEDED"))
                .count();
        long open = isWaitedFor ? outcomes.size() - refused - unknown - records.size() : 0;
        StringJoiner bad = new StringJoiner(", ");
        add(bad, refused, "refused");
        add(bad, unknown, "not known");
        add(bad, failed, "failed");
        add(bad, open, "not ended in time; they go on");
        if (bad.length() > 0) {
            throw new CommandFailedException("of " + outcomes.size() + " applications: " + bad);
        }
    }

    private static void add(StringJoiner to, long count, String what) {
        if (count > 0) {
            to.add(count + " " + what);
        }
    }
}
