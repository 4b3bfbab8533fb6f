package io.drove.platform.journal;

import io.drove.simulation.journal.JournalDisk;
import io.drove.simulation.journal.JournalGroup;
import io.drove.simulation.journal.JournalTemper;
import io.drove.simulation.journal.SimulatedJournal;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.SimulatedProcess;
import io.drove.simulation.time.Timeline;
import io.drove.simulation.time.Trace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated journal keeps the contract that the real ones keep. One thread lives its virtual time, as fast as it can. */
@ParameterizedClass
@ValueSource(longs = {1, 2})
final class SimulatedJournalTest extends JournalContract {
    private final Timeline timeline = new Timeline(new Trace());
    private final JournalGroup group;
    private final JournalDisk disk;
    private final Thread world = Thread.ofPlatform().daemon().name("world").unstarted(this::live);
    private volatile boolean isOver;

    SimulatedJournalTest(long seed) {
        group = new JournalGroup(timeline, new Dice(seed), new JournalTemper(), (_, _) -> {});
        disk = group.disk("alone");
    }

    private void live() {
        while (!isOver) {
            synchronized (timeline) {
                timeline.step(timeline.now() + 1_000_000);
            }
            Thread.onSpinWait();
            LockSupport.parkNanos(1);
        }
    }

    @AfterEach
    void stop() {
        isOver = true;
    }

    @Override
    Journal open() {
        if (world.getState() == Thread.State.NEW) {
            world.start();
        }
        synchronized (timeline) {
            SimulatedProcess process = new SimulatedProcess("alone", timeline);
            process.start(0);
            return new OnOneThread(new SimulatedJournal(group, disk, process), timeline);
        }
    }

    /** A journal for one thread, used by two: each call waits for its turn. */
    private record OnOneThread(Journal journal, Object turn) implements Journal {
        @Override
        public void start(StateMachine machine, LeadershipListener leadership) {
            synchronized (turn) {
                journal.start(machine, leadership);
            }
        }

        @Override
        public CompletionStage<Long> append(long term, byte[] batch) {
            synchronized (turn) {
                return outside(journal.append(term, batch));
            }
        }

        @Override
        public CompletionStage<Long> snapshot() {
            synchronized (turn) {
                return outside(journal.snapshot());
            }
        }

        private static CompletionStage<Long> outside(CompletionStage<Long> inside) {
            CompletableFuture<Long> copy = new CompletableFuture<>();
            inside.whenComplete((index, failure) -> {
                if (failure == null) {
                    copy.complete(index);
                } else {
                    copy.completeExceptionally(failure);
                }
            });
            return copy;
        }

        @Override
        public void close() {
            synchronized (turn) {
                journal.close();
            }
        }
    }
}
