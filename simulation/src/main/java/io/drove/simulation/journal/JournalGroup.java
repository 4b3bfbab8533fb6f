package io.drove.simulation.journal;

import io.drove.simulation.time.Dice;
import io.drove.simulation.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replicated log of one or several peers. Knows which batches are committed, and who may commit more; decides elections by dice. */
public final class JournalGroup {
    /** A committed batch. */
    record Entry(long index, long term, byte[] batch) {}

    /** Hears of each batch the moment it is committed on a majority, before any peer applies it. */
    @FunctionalInterface
    public interface Watcher {
        void committed(long index, byte[] batch);
    }

    private static final Duration ELECTION_MIN = Duration.ofMillis(300);
    private static final Duration ELECTION_MAX = Duration.ofMillis(1_500);

    private final Timeline timeline;
    private final Dice dice;
    private final JournalTemper temper;
    private final Watcher watcher;
    private final List<JournalDisk> disks = new ArrayList<>();
    private final List<Entry> log = new ArrayList<>();
    private @Nullable SimulatedJournal leader;
    private long term;
    private boolean isReviewPlanned;

    public JournalGroup(Timeline timeline, Dice dice, JournalTemper temper, Watcher watcher) {
        this.timeline = timeline;
        this.dice = dice;
        this.temper = temper;
        this.watcher = watcher;
    }

    /** What one peer has on disk; the group has as many peers as disks. */
    public JournalDisk disk(String name) {
        JournalDisk disk = new JournalDisk(name);
        disks.add(disk);
        return disk;
    }

    Timeline timeline() {
        return timeline;
    }

    Dice dice() {
        return dice;
    }

    JournalTemper temper() {
        return temper;
    }

    List<Entry> log() {
        return log;
    }

    /** How many batches are committed. */
    public int committed() {
        return log.size();
    }

    /** The name of the peer that leads by the log, whatever others believe; null when none does. */
    public @Nullable String leaderName() {
        return leader == null || !leader.isRunning() ? null : leader.disk().name();
    }

    /** Peers with different islands do not hear of each other. */
    public void separate(JournalDisk disk, int island) {
        disk.island = island;
        review();
    }

    /** Something changed: whoever waits may go on, and there may be an election. */
    public void review() {
        SimulatedJournal present = leader;
        if (present != null) {
            present.drain();
        }
        disks.forEach(disk -> {
            if (disk.present != null) {
                disk.present.catchUpSoon();
            }
        });
        if (!isReviewPlanned) {
            isReviewPlanned = true;
            timeline.after(dice.between(ELECTION_MIN, ELECTION_MAX), this::electIfNeeded);
        }
    }

    /** Leadership goes to some peer that can have it; perhaps to the same one again, in a newer term. */
    public void moveLeadership() {
        List<SimulatedJournal> able = electable();
        if (!able.isEmpty()) {
            elect(dice.of(able));
        }
    }

    boolean isLeader(SimulatedJournal journal) {
        return leader == journal;
    }

    long term() {
        return term;
    }

    /** Whether what the leader appends reaches a majority now. */
    boolean hasMajority(SimulatedJournal journal) {
        long reached = disks.stream()
                .filter(disk -> disk.island == journal.disk().island)
                .filter(disk -> disk.present != null && disk.present.isAwake())
                .count();
        return reached * 2 > disks.size();
    }

    /** Whether that peer hears of what the leader commits. */
    boolean hearsOfLeader(SimulatedJournal journal) {
        return leader != null
                && leader.isRunning()
                && leader.disk().island == journal.disk().island
                && hasMajority(leader);
    }

    void commit(SimulatedJournal by, byte[] batch) {
        commit(by.ledTerm(), batch);
        disks.forEach(disk -> {
            if (disk.present != null && disk.present != by) {
                disk.present.catchUpSoon();
            }
        });
    }

    private void commit(long inTerm, byte[] batch) {
        long index = (log.isEmpty() ? 0 : log.getLast().index()) + 1 + (dice.chance(0.1) ? dice.between(1, 3) : 0);
        log.add(new Entry(index, inTerm, batch));
        watcher.committed(index, batch);
    }

    private void electIfNeeded() {
        isReviewPlanned = false;
        if (leader != null && leader.isAwake() && hasMajority(leader)) {
            return;
        }
        // One that merely stalls alone finds itself the leader when it wakes up.
        if (leader != null && leader.isRunning() && disks.size() == 1) {
            return;
        }
        List<SimulatedJournal> able = electable();
        if (!able.isEmpty()) {
            elect(dice.of(able));
        }
    }

    private List<SimulatedJournal> electable() {
        List<SimulatedJournal> able = new ArrayList<>();
        for (JournalDisk disk : disks) {
            if (disk.present != null && disk.present.isAwake() && hasMajority(disk.present)) {
                able.add(disk.present);
            }
        }
        return able;
    }

    private void elect(SimulatedJournal next) {
        SimulatedJournal old = leader;
        if (old != null) {
            // What the old leader had under way may have reached the new one, or not.
            List<byte[]> tail = old.takeUncommitted();
            int survivors = dice.chance(0.4) ? tail.size() : dice.between(0, tail.size());
            for (byte[] batch : tail.subList(0, survivors)) {
                commit(old.ledTerm() < 0 ? term : old.ledTerm(), batch);
            }
            timeline.tell("journal tail", old.disk().name(), survivors + " of " + tail.size() + " survive");
        }
        term += 1 + (dice.chance(0.2) ? dice.between(1, 3) : 0);
        leader = next;
        timeline.tell("journal leader", next.disk().name(), "term " + term);
        if (old != null && old.isRunning()) {
            old.deposed(old == next);
        }
        next.elected(term);
        disks.forEach(disk -> {
            if (disk.present != null) {
                disk.present.catchUpSoon();
            }
        });
    }
}
