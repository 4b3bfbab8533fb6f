package io.drove.bench.scale;

import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.client.CallFailedException;
import io.drove.client.DroveClient;
import io.drove.client.Json;
import io.drove.client.Outcome;
import io.drove.client.Prepared;
import io.drove.client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Equal apps with numbers that follow each other, steered through the public API. */
final class BenchApps {
    private static final int PARALLELISM_MAX = 512;
    private static final String VERSION = "1";
    private static final Duration LATE_PAUSE = Duration.ofSeconds(1);
    private static final int ROUNDS_MAX = 60;
    private static final int BUSY = 503;

    private final DroveClient client;
    private final int first;
    private final int count;
    private final ObjectNode spec;
    private final AtomicInteger unanswered = new AtomicInteger();

    /** @param first number of theirs */
    BenchApps(DroveClient client, int first, int count) {
        this.client = client;
        this.first = first;
        this.count = count;
        try (InputStream in = Objects.requireNonNull(BenchApps.class.getResourceAsStream("scale-app.json"))) {
            spec = (ObjectNode) Json.read(in.readAllBytes());
        } catch (IOException e) {
            throw new MeasurementFailed("cannot read the spec of the apps", e);
        }
    }

    static String name(int number) {
        return "app-%06d".formatted(number);
    }

    static String id(int number) {
        return name(number) + "-" + VERSION;
    }

    /** What some calls took each, one of several operations as one, from when they were due, and the ids of the operations that they began. */
    record Accepted(List<Duration> times, List<String> operations) {
        Accepted {
            times = List.copyOf(times);
            operations = List.copyOf(operations);
        }
    }

    /** How fast calls are made: so many at once, due so long after each other; what is late is made up for. */
    record Pace(int atOnce, Duration apart) {
        /** Calls that ask for {@code instances} each, so that {@code perSecond} are asked for a second; 0 for as fast as calls are answered. */
        static Pace of(int atOnce, int instances, int perSecond) {
            return new Pace(
                    atOnce, perSecond == 0 ? Duration.ZERO : Duration.ofNanos(1_000_000_000L * instances / perSecond));
        }
    }

    /** Calls that are ready to be made, once: each lets go of its body when it is made. */
    static final class Calls {
        private final List<Call> all;

        private Calls(List<Call> all) {
            this.all = List.copyOf(all);
        }

        static Calls none() {
            return new Calls(List.of());
        }

        int size() {
            return all.size();
        }
    }

    /**
     * An operation for each of {@code count} apps from the number {@code first} on. Its body is written here, as of one operation or as of
     * several; what is needed once more, which is rare, is made anew.
     */
    private static final class Call {
        private final int first;
        private final int count;
        private final Operation operation;
        private @Nullable Prepared body;

        Call(int first, int count, boolean isOne, Operation operation) {
            this.first = first;
            this.count = count;
            this.operation = operation;
            body = isOne
                    ? Prepared.of(tree(0))
                    : several(IntStream.range(0, count).boxed().toList());
        }

        JsonNode tree(int index) {
            return operation.of(first + index);
        }

        Prepared.Several several(List<Integer> indices) {
            return Prepared.of(indices.stream().map(this::tree).toList());
        }

        Prepared take() {
            Prepared taken = Objects.requireNonNull(body, "a call is made once");
            body = null;
            return taken;
        }
    }

    private interface Operation {
        JsonNode of(int number);
    }

    /** Calls that create all of them with so many instances each, so many of them by each call. */
    Calls creates(int instances, int perCall) {
        ObjectNode equal = operation("CREATE", PARALLELISM_MAX).put("instances", instances);
        return calls(perCall, number -> create(equal, number));
    }

    /** Shares with all others what is equal: this process has two cores together with the controller. */
    private ObjectNode create(ObjectNode equal, int number) {
        String name = name(number);
        ObjectNode exposure = copy((ObjectNode) spec.path("exposureSpec")).put("vhost", name + ".example.org");
        ObjectNode own = copy(spec).put("name", name).put("version", VERSION);
        own.set("exposureSpec", exposure);
        return copy(equal).set("spec", own);
    }

    /** Not of what is in it. */
    private static ObjectNode copy(ObjectNode of) {
        return Json.object().setAll(of);
    }

    /** Calls that ask for that many instances of each. */
    Calls scales(int instances) {
        return calls(
                1,
                number -> operation("SCALE", PARALLELISM_MAX)
                        .put("appId", id(number))
                        .put("requiredInstances", instances));
    }

    /** Calls that stop all instances of each, so many of them by each call. */
    Calls suspends(int perCall) {
        return calls(perCall, number -> operation("SUSPEND", PARALLELISM_MAX).put("appId", id(number)));
    }

    /** Calls that take each away, which has no instances. */
    Calls destroys(int perCall) {
        return calls(perCall, number -> operation("DESTROY", PARALLELISM_MAX).put("appId", id(number)));
    }

    private Calls calls(int perCall, Operation operation) {
        return new Calls(IntStream.range(0, Math.ceilDiv(count, perCall))
                .map(i -> i * perCall)
                .mapToObj(
                        before -> new Call(first + before, Math.min(perCall, count - before), perCall == 1, operation))
                .toList());
    }

    /** Makes all calls; does not wait for what they begin. */
    Accepted make(Calls calls, Pace pace) throws InterruptedException {
        List<Callable<List<String>>> tasks = new ArrayList<>();
        Duration[] times = new Duration[calls.size()];
        List<String> operations = new ArrayList<>(count);
        long begun = System.nanoTime();
        IntStream.range(0, times.length)
                .forEach(i -> tasks.add(() -> {
                    long start = pace.apart().isZero()
                            ? System.nanoTime()
                            : begun + i * pace.apart().toNanos();
                    sleepUntil(start);
                    List<String> accepted = accepted(calls.all.get(i));
                    times[i] = Await.since(start);
                    return accepted;
                }));
        try (ExecutorService writers = Executors.newFixedThreadPool(pace.atOnce())) {
            for (Future<List<String>> task : writers.invokeAll(tasks)) {
                operations.addAll(task.get());
            }
        } catch (ExecutionException e) {
            throw new MeasurementFailed("an operation was not accepted: " + e.getCause(), e);
        }
        return new Accepted(List.of(times), operations);
    }

    private List<String> accepted(Call call) throws InterruptedException {
        return switch (call.take()) {
            case Prepared.One body -> List.of(accepted(body, () -> call.tree(0)));
            case Prepared.Several body -> acceptedAll(body, call);
        };
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /** An answer that says that nobody knows is one too: then the app's own list of operations is asked. */
    private String accepted(Prepared.One body, Supplier<JsonNode> operation) throws InterruptedException {
        while (true) {
            try {
                Reply reply = client.operate(body);
                return reply.operationId()
                        .orElseThrow(
                                () -> new MeasurementFailed("an accepted operation has no id: " + reply.message()));
            } catch (CallFailedException late) {
                if (late.kind() == CallFailedException.Kind.REFUSED) {
                    throw late;
                }
                unanswered.incrementAndGet();
                Thread.sleep(LATE_PAUSE);
                Optional<String> known = newest(operation.get());
                if (known.isPresent()) {
                    return known.get();
                }
            }
        }
    }

    /** In one call; what that did not begin, and what nobody knows of and has not begun, is asked for in another. */
    private List<String> acceptedAll(Prepared.Several all, Call call) throws InterruptedException {
        Prepared.Several body = all;
        SortedMap<Integer, String> operations = new TreeMap<>();
        Set<Integer> doubtful = new TreeSet<>();
        for (int rounds = 0; operations.size() < call.count; rounds++) {
            List<Integer> asked = without(operations, call.count);
            if (rounds > 0) {
                unanswered.addAndGet(asked.size());
                Thread.sleep(LATE_PAUSE);
                doubtful.forEach(i -> newest(call.tree(i)).ifPresent(known -> operations.put(i, known)));
                doubtful.removeAll(operations.keySet());
                asked = without(operations, call.count);
                body = call.several(asked);
            }
            List<Outcome> outcomes = outcomes(body, asked.size());
            for (int i = 0; i < asked.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Accepted accepted) {
                    operations.put(asked.get(i), accepted.operationId());
                } else if (rounds >= ROUNDS_MAX) {
                    throw new MeasurementFailed("an operation is not accepted: " + outcomes.get(i));
                } else if (outcomes.get(i) instanceof Outcome.Unknown) {
                    doubtful.add(asked.get(i));
                }
            }
        }
        return List.copyOf(operations.values());
    }

    private static List<Integer> without(SortedMap<Integer, String> known, int count) {
        return IntStream.range(0, count)
                .filter(i -> !known.containsKey(i))
                .boxed()
                .toList();
    }

    private List<Outcome> outcomes(Prepared.Several body, int size) {
        if (size == 0) {
            return List.of();
        }
        try {
            return client.operateAll(body).operations();
        } catch (CallFailedException late) {
            if (late.kind() == CallFailedException.Kind.REFUSED) {
                throw late;
            }
            String words = String.valueOf(late.getMessage());
            boolean isNothingDone = late.details().httpStatus() == BUSY;
            return Collections.nCopies(
                    size, isNothingDone ? new Outcome.Refused("", List.of(words)) : new Outcome.Unknown("", words));
        }
    }

    private Optional<String> newest(JsonNode operation) {
        String app = operation
                .path("appId")
                .asString(operation.path("spec").path("name").asString("") + "-" + VERSION);
        String type = operation.path("type").asString("");
        for (JsonNode record : client.operations(app).data()) {
            if (record.path("type").asString("").startsWith(type)) {
                return Optional.of(record.path("operationId").asString(""));
            }
        }
        return Optional.empty();
    }

    /** Operations whose call was not answered in time, or not at all. */
    int unanswered() {
        return unanswered.get();
    }

    /** Replaces all instances of one app, new ones first. */
    String replace(int number, int parallelism) throws InterruptedException {
        ObjectNode operation = operation("REPLACE_INSTANCES", Math.clamp(parallelism, 1, PARALLELISM_MAX))
                .put("appId", id(number))
                .put("stopFirst", false);
        operation.putArray("instanceIds");
        return accepted(Prepared.of(operation), () -> operation);
    }

    /**
     * Whether that operation has succeeded.
     *
     * @throws MeasurementFailed when it ended otherwise
     */
    boolean hasSucceeded(String operation) {
        JsonNode record = client.operation(operation).data();
        return switch (record.path("state").asString("")) {
            case "RUNNING" -> false;
            case "SUCCEEDED" -> true;
            default -> throw new MeasurementFailed("operation " + operation + " ended badly: " + record);
        };
    }

    /** Whether there are no apps. */
    boolean areGone() {
        return client.cluster().data().path("numApplications").asInt(-1) == 0;
    }

    private static ObjectNode operation(String type, int parallelism) {
        ObjectNode operation = Json.object().put("type", type);
        operation
                .putObject("opSpec")
                .put("timeout", "10m")
                .put("parallelism", parallelism)
                .put("failureStrategy", "STOP");
        return operation;
    }
}
