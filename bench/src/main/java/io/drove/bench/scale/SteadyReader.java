package io.drove.bench.scale;

import static java.util.Objects.requireNonNull;

import io.drove.bench.figure.Samples;
import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that asks at a steady rate, whatever the answers take: a question's time runs from when it was due, so that a controller that stalls is
 * charged with all that would have been asked meanwhile.
 */
final class SteadyReader implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int AT_ONCE_MAX = 256;
    /** The mix of ten questions. */
    private static final List<Question> MIX = List.of(
            Question.APP,
            Question.ENDPOINTS,
            Question.APP,
            Question.LIST,
            Question.APP,
            Question.INSTANCES,
            Question.APP,
            Question.ENDPOINTS,
            Question.APP,
            Question.LIST);

    /** What is asked. */
    enum Question {
        LIST("list of apps"),
        APP("one app"),
        INSTANCES("instances of an app"),
        ENDPOINTS("endpoints of an app");

        private final String words;

        Question(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        String path(int app) {
            return "/apis/v1"
                    + switch (this) {
                        case LIST -> "/applications";
                        case APP -> "/applications/" + BenchApps.id(app);
                        case INSTANCES -> "/applications/" + BenchApps.id(app) + "/instances";
                        case ENDPOINTS -> "/endpoints/app/" + BenchApps.name(app);
                    };
        }
    }

    private final HttpClient client;
    private final URI controller;
    private final int apps;
    private final Random random;
    private final Map<Question, ConcurrentLinkedQueue<Duration>> times = new EnumMap<>(Question.class);
    private final AtomicInteger failures = new AtomicInteger();
    private final Semaphore room = new Semaphore(AT_ONCE_MAX);
    private volatile boolean isClosed;

    SteadyReader(HttpClient client, URI controller, int apps, long seed) {
        this.client = client;
        this.controller = controller;
        this.apps = apps;
        this.random = new Random(seed);
        for (Question question : Question.values()) {
            times.put(question, new ConcurrentLinkedQueue<>());
        }
    }

    /** Asks from now on, so often a second. */
    void start(int perSecond) {
        if (perSecond > 0) {
            Thread.ofPlatform().name("reader").daemon().start(() -> ask(perSecond));
        }
    }

    private void ask(int perSecond) {
        long start = System.nanoTime();
        for (long asked = 0; !isClosed; asked++) {
            long due = start + asked * Duration.ofSeconds(1).toNanos() / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            Question question = MIX.get((int) (asked % MIX.size()));
            String path = question.path(1 + random.nextInt(apps));
            room.acquireUninterruptibly();
            Thread.ofVirtual().start(() -> ask(question, path, due));
        }
    }

    private void ask(Question question, String path, long due) {
        try {
            get(path);
            answers(question).add(Duration.ofNanos(System.nanoTime() - due));
        } catch (MeasurementFailed failed) {
            failures.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }

    /** Asks once; returns how many bytes came. */
    int get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(controller.resolve(path))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new MeasurementFailed(path + " was answered with " + response.statusCode());
            }
            return response.body().length;
        } catch (IOException e) {
            throw new MeasurementFailed(path + " was not answered", e);
        }
    }

    /** Questions that were refused or not answered within 30 s. */
    int failures() {
        return failures.get();
    }

    /** All answers' times. */
    List<Duration> all() {
        List<Duration> all = new ArrayList<>();
        times.values().forEach(all::addAll);
        return all;
    }

    List<Duration> of(Question question) {
        return List.copyOf(answers(question));
    }

    private ConcurrentLinkedQueue<Duration> answers(Question question) {
        return requireNonNull(times.get(question));
    }

    /** The times in milliseconds, for quantiles. */
    static Samples milliseconds(List<Duration> times) {
        return Samples.ofMilliseconds(times);
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
