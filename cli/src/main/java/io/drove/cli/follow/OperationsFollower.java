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
        Patience patience = new Patience(pace, timeout);
        Set<String> running = new LinkedHashSet<>(operationIds);
        Map<String, JsonNode> ended = new LinkedHashMap<>();
        try {
            do {
                String trouble = ask(running, ended, patience);
                progress.show(
                        trouble.isEmpty()
                                ? ended.size() + " of " + operationIds.size() + " operations have ended"
                                : "asking again: " + trouble,
                        patience.shown());
            } while (!running.isEmpty() && patience.pause());
            return ended;
        } finally {
            progress.end();
        }
    }

    /** Asks for each that runs until the time is up; says what was in the way of asking for all, empty for nothing. */
    private String ask(Set<String> running, Map<String, JsonNode> ended, Patience patience) {
        Iterator<String> ids = running.iterator();
        while (ids.hasNext() && !patience.isOver()) {
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
}
