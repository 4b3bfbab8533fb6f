package io.drove.bench.core;

import io.drove.platform.journal.Journal;
import io.drove.platform.journal.RaftJournal;
import io.drove.platform.journal.RaftSettings;
import io.drove.platform.log.Logging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One peer of a journal that keeps nothing but what it has to. Its standard input brings {@code run MILLIS BYTES FLIGHTS} a line: as leader it appends
 * batches of so many bytes for so long, with so many under way, and answers with how many became durable, how many failed, and the nanoseconds until the
 * last of them was; else with {@code following}. It ends with its input.
 */
public final class JournalPeer {
    private JournalPeer() {}

    /** {@code arguments}: the directory, the own id, then the ports of all peers, whose ids are 1, 2, 3. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // Answers alone go there; logs would be taken for one.
        System.setOut(System.err);
        Logging.start(Map.of(Logging.LEVEL_VARIABLE, "ERROR"));
        Path directory = Path.of(arguments[0]);
        List<RaftSettings.Peer> peers = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            peers.add(new RaftSettings.Peer(Integer.toString(i - 1), "127.0.0.1", Integer.parseInt(arguments[i])));
        }
        RaftSettings settings = peers.size() == 1
                ? RaftSettings.single(directory, peers.getFirst().port())
                : RaftSettings.member(arguments[1], peers, directory);
        AtomicLong term = new AtomicLong();
        try (RaftJournal journal = new RaftJournal(settings)) {
            journal.start(new Nothing(), new Leading(term));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                out.println(
                        term.get() == 0
                                ? "following"
                                : run(
                                        journal,
                                        term.get(),
                                        Duration.ofMillis(Long.parseLong(words[1])),
                                        new byte[Integer.parseInt(words[2])],
                                        Integer.parseInt(words[3])));
            }
        }
        System.exit(0);
    }

    private static String run(RaftJournal journal, long term, Duration time, byte[] batch, int flights)
            throws InterruptedException {
        Semaphore room = new Semaphore(flights);
        AtomicLong durable = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < time.toNanos()) {
            room.acquire();
            journal.append(term, batch).whenComplete((_, failure) -> {
                (failure == null ? durable : failed).incrementAndGet();
                room.release();
            });
        }
        room.acquire(flights);
        return durable.get() + " " + failed.get() + " " + (System.nanoTime() - begun);
    }

    private record Leading(AtomicLong term) implements Journal.LeadershipListener {
        @Override
        public void leading(long led) {
            term.set(led);
        }

        @Override
        public void following() {
            term.set(0);
        }
    }

    private static final class Nothing implements Journal.StateMachine {
        @Override
        public void apply(long index, byte[] batch) {}

        @Override
        public Journal.SnapshotWriter capture() {
            return out -> out.write(0);
        }

        @Override
        public void restore(long index, InputStream snapshot) {}
    }
}
