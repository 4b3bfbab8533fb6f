package io.drove.bench.core;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Unit;
import io.drove.bench.watch.MeasurementFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * P6: changes of 500 bytes that a journal of one peer, and of three in processes of their own, makes durable on this machine's disk, and what the disk
 * gives without a journal. The first figure of a journal is that of fresh processes, whose compiler is as busy as they are; the others are of warm ones.
 */
final class JournalFigures {
    private static final int CHANGE_BYTES = 500;
    private static final Load USUAL = new Load(50, 16);
    private static final List<Load> QUICK_LOADS = List.of(USUAL, new Load(1_000, 16), new Load(1, 16));
    /** At most 64 batches and 16 MiB may be under way ({@code RaftSettings}). */
    private static final List<Load> LOADS =
            List.of(USUAL, new Load(50, 60), new Load(1_000, 16), new Load(1, 1), new Load(1, 16), new Load(1, 60));

    private static final Duration ELECTION_LIMIT = Duration.ofSeconds(30);
    private static final int FIRST_PORT = 22_400;
    private static final int LAST_PORT = 32_000;

    private final List<Load> loads;
    private final Duration time;
    /** So long for each peer until the compiler has done its part, on two cores. */
    private final Duration warmUp;

    private final Path directory;
    private final Consumer<Figure> figures;

    JournalFigures(boolean isQuick, Path directory, Consumer<Figure> figures) {
        this.loads = isQuick ? QUICK_LOADS : LOADS;
        this.time = Duration.ofSeconds(isQuick ? 2 : 8);
        this.warmUp = Duration.ofSeconds(isQuick ? 4 : 14);
        this.directory = directory;
        this.figures = figures;
    }

    /** What is asked of a journal: batches of so many changes, so many of them under way. */
    private record Load(int changes, int flights) {
        int bytes() {
            return CHANGE_BYTES * changes;
        }
    }

    void measure() throws InterruptedException {
        try {
            BareSync bare = new BareSync(directory, time.dividedBy(3), figures);
            for (Load load : QUICK_LOADS) {
                bare.measure(load.bytes());
            }
            measure(1);
            measure(3);
        } catch (IOException e) {
            throw new MeasurementFailed("the journal could not be measured", e);
        }
    }

    private void measure(int peers) throws IOException, InterruptedException {
        try (Peers group = new Peers(peers)) {
            group.measure(USUAL, "fresh");
            group.ask(warmUp.multipliedBy(peers), USUAL);
            for (Load load : loads) {
                group.measure(load, "warm");
            }
        }
    }

    /** What became of it. */
    private record Durable(long batches, double seconds) {}

    /** The processes of one journal. */
    private final class Peers implements AutoCloseable {
        private final List<Process> processes = new ArrayList<>();
        private final List<BufferedReader> answers = new ArrayList<>();

        Peers(int count) throws IOException {
            List<String> ports = freePorts(count);
            for (int id = 1; id <= count; id++) {
                List<String> command = new ArrayList<>(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalPeer.class.getName(),
                        directory.resolve("journal-" + count + "-" + id).toString(),
                        Integer.toString(id)));
                command.addAll(ports);
                Process process = new ProcessBuilder(command)
                        .redirectError(directory
                                .resolve("journal-" + count + "-" + id + ".out")
                                .toFile())
                        .start();
                processes.add(process);
                answers.add(process.inputReader(StandardCharsets.UTF_8));
            }
        }

        void measure(Load load, String state) throws IOException, InterruptedException {
            Duration before = processor();
            Durable durable = ask(time, load);
            Duration used = processor().minus(before);
            SortedMap<String, Object> circumstances = new TreeMap<>();
            circumstances.put("peers", processes.size());
            circumstances.put("changesPerBatch", load.changes());
            circumstances.put("batchesInFlight", load.flights());
            circumstances.put("processes", state);
            circumstances.put("processorsUsed", Math.round(100 * used.toNanos() / 1e9 / durable.seconds()) / 100.0);
            boolean isGoal = processes.size() == 3 && load.changes() > 1 && state.equals("warm");
            figures.accept(new Figure(
                    "P6",
                    String.format(
                            Locale.ROOT,
                            "durable changes of %d bytes, %d peer%s, %d a batch, %d under way, %s",
                            CHANGE_BYTES,
                            processes.size(),
                            processes.size() == 1 ? "" : "s",
                            load.changes(),
                            load.flights(),
                            state),
                    durable.batches() * load.changes() / durable.seconds(),
                    Unit.PER_SECOND,
                    isGoal ? new Goal.AtLeast(20_000, 100_000) : new Goal.None(),
                    circumstances));
        }

        /** Processor time of all peers so far. */
        private Duration processor() {
            return processes.stream()
                    .flatMap(process -> process.info().totalCpuDuration().stream())
                    .reduce(Duration.ZERO, Duration::plus);
        }

        /** Batches that became durable in that time. */
        private Durable ask(Duration asked, Load load) throws IOException, InterruptedException {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < ELECTION_LIMIT.toNanos()) {
                for (int i = 0; i < processes.size(); i++) {
                    processes
                            .get(i)
                            .outputWriter(StandardCharsets.UTF_8)
                            .write("run " + asked.toMillis() + " " + load.bytes() + " " + load.flights() + "\n");
                    processes.get(i).outputWriter(StandardCharsets.UTF_8).flush();
                    String answer = answers.get(i).readLine();
                    if (answer == null) {
                        throw new MeasurementFailed("a peer of the journal ended by itself, see " + directory);
                    }
                    if (!answer.equals("following")) {
                        return durable(answer);
                    }
                }
                Thread.sleep(100);
            }
            throw new MeasurementFailed("no peer of the journal leads within " + ELECTION_LIMIT.toSeconds() + " s");
        }

        private static Durable durable(String answer) {
            String[] counts = answer.split(" ", -1);
            if (!counts[1].equals("0")) {
                throw new MeasurementFailed("the journal failed to append " + counts[1] + " batches");
            }
            return new Durable(Long.parseLong(counts[0]), Long.parseLong(counts[2]) / 1e9);
        }

        @Override
        public void close() {
            processes.forEach(process -> process.destroyForcibly().onExit().join());
        }
    }

    private static List<String> freePorts(int count) {
        List<String> free = new ArrayList<>();
        for (int port = FIRST_PORT; port < LAST_PORT && free.size() < count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                free.add(Integer.toString(socket.getLocalPort()));
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        return free;
    }
}
