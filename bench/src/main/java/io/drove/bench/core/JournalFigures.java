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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** P6: changes of 500 bytes that a journal of one peer, and of three in processes of their own, makes durable on this machine's disk. */
final class JournalFigures {
    private static final int CHANGE_BYTES = 500;
    private static final int FLIGHTS = 16;
    private static final Duration ELECTION_LIMIT = Duration.ofSeconds(30);
    private static final int FIRST_PORT = 22_400;
    private static final int LAST_PORT = 32_000;

    private final Duration time;
    private final Path directory;
    private final Consumer<Figure> figures;

    JournalFigures(boolean isQuick, Path directory, Consumer<Figure> figures) {
        this.time = Duration.ofSeconds(isQuick ? 3 : 10);
        this.directory = directory;
        this.figures = figures;
    }

    void measure() throws InterruptedException {
        for (int peers : new int[] {1, 3}) {
            try (Peers group = new Peers(peers)) {
                group.measure(50);
                group.measure(1_000);
                group.measure(1);
            } catch (IOException e) {
                throw new MeasurementFailed("a journal of " + peers + " peers could not be measured", e);
            }
        }
    }

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

        void measure(int changesPerBatch) throws IOException, InterruptedException {
            // A first go, so that the code is warm and the leader known.
            ask(Duration.ofSeconds(2), changesPerBatch);
            long batches = ask(time, changesPerBatch);
            SortedMap<String, Object> circumstances = new TreeMap<>();
            circumstances.put("peers", processes.size());
            circumstances.put("changesPerBatch", changesPerBatch);
            circumstances.put("batchesInFlight", FLIGHTS);
            boolean isGoal = processes.size() == 3 && changesPerBatch > 1;
            figures.accept(new Figure(
                    "P6",
                    "durable changes of " + CHANGE_BYTES + " bytes, " + processes.size() + " peer"
                            + (processes.size() == 1 ? "" : "s") + ", " + changesPerBatch + " a batch",
                    batches * changesPerBatch / (time.toNanos() / 1e9),
                    Unit.PER_SECOND,
                    isGoal ? new Goal.AtLeast(20_000, 100_000) : new Goal.None(),
                    circumstances));
        }

        /** Batches that became durable in that time. */
        private long ask(Duration asked, int changesPerBatch) throws IOException, InterruptedException {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < ELECTION_LIMIT.toNanos()) {
                for (int i = 0; i < processes.size(); i++) {
                    processes
                            .get(i)
                            .outputWriter(StandardCharsets.UTF_8)
                            .write("run " + asked.toMillis() + " " + CHANGE_BYTES * changesPerBatch + " " + FLIGHTS
                                    + "\n");
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

        private static long durable(String answer) {
            String[] counts = answer.split(" ", -1);
            if (!counts[1].equals("0")) {
                throw new MeasurementFailed("the journal failed to append " + counts[1] + " batches");
            }
            return Long.parseLong(counts[0]);
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
