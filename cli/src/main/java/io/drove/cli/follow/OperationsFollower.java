package io.drove.cli.follow;

import io.drove.cli.process.Pace;
import io.drove.cli.show.Progress;
import io.drove.client.CallFailedException;
import io.drove.client.DroveClient;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Follows several operations until all have ended, as {@link OperationFollower} follows one; shows how many have. */
public final class OperationsFollower {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final DroveClient client;
    private final Progress progress;
    private final Pace pace;

    public OperationsFollower(DroveClient client, Progress progress, Pace pace) {
        this.client = client;
        this.progress = progress;
        this.pace = pace;
    }

    /** Waits until all have ended, at most {@code timeout}; the records of those that have, by id. */
    public Map<String, JsonNode> follow(List<String> operationIds, Duration timeout) {
        long start = pace.nanos();
        Set<String> running = new LinkedHashSet<>(operationIds);
        Map<String, JsonNode> ended = new LinkedHashMap<>();
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                String trouble = ask(running, ended, start, timeout);
                progress.show(
                        trouble.isEmpty()
                                ? ended.size() + " of " + operationIds.size() + " operations have ended"
                                : "asking again: " + trouble,
                        " (" + since(start).toSeconds() + " s)");
                boolean isLate = since(start).plus(pause).compareTo(timeout) > 0;
                if (running.isEmpty() || isLate || !pace.pause(pause)) {
                    return ended;
                }
                pause = pause.multipliedBy(3).dividedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
        } finally {
            progress.end();
        }
    }

    /** Asks for each that runs until the time is up; says what was in the way of asking for all, empty for nothing. */
    private String ask(Set<String> running, Map<String, JsonNode> ended, long start, Duration timeout) {
        Iterator<String> ids = running.iterator();
        while (ids.hasNext() && since(start).compareTo(timeout) <= 0) {
            String id = ids.next();
            try {
                JsonNode record = client.operation(id).data();
                if (!record.path("state").asString("").equals("RUNNING")) {
                    ended.put(id, record);
                    ids.remove();
                }
            } catch (CallFailedException failure) {
                if (!failure.isRetryable()) {
                    throw failure;
                }
                return String.valueOf(failure.getMessage());
            }
        }
        return "";
    }

    private Duration since(long start) {
        return Duration.ofNanos(pace.nanos() - start);
    }
}
