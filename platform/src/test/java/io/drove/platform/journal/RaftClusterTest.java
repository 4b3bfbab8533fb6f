package io.drove.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three peers in one process. Elections take their time, so only the full run has them. */
@Tag("long")
@Timeout(120)
class RaftClusterTest {
    private record Led(String id, long term) {}

    private record Member(Journal journal, RecordingMachine machine) {}

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final BlockingQueue<Led> led = new LinkedBlockingQueue<>();
    private final List<RaftSettings.Peer> peers = List.of(
            new RaftSettings.Peer("a", "127.0.0.1", FreePorts.next()),
            new RaftSettings.Peer("b", "127.0.0.1", FreePorts.next()),
            new RaftSettings.Peer("c", "127.0.0.1", FreePorts.next()));

    @TempDir
    private Path root;

    @BeforeEach
    void start() {
        peers.forEach(peer -> start(peer.id(), peer.id()));
    }

    @AfterEach
    void close() {
        members.values().forEach(member -> member.journal().close());
    }

    @Test
    void when_the_leader_goes_another_leads_a_later_term_and_nothing_acknowledged_is_lost() throws Exception {
        Led first = awaitLeader();
        List<String> acknowledged = appendMany(first, 0, 300);

        member(first).journal().close();
        Led second = awaitLeader();
        acknowledged.addAll(appendMany(second, 300, 100));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.term()).isGreaterThan(first.term());
        assertThat(member(second).machine().batches()).isEqualTo(acknowledged);
        RecordingMachine returned = start(first.id(), first.id()).machine();
        returned.awaitBatches(400);
        assertThat(returned.batches()).isEqualTo(acknowledged);
    }

    @Test
    void a_follower_refuses_to_append() throws Exception {
        Led leader = awaitLeader();
        Member follower = members.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(leader.id()))
                .findFirst()
                .orElseThrow()
                .getValue();

        assertThat(JournalContract.failureOf(follower.journal().append(leader.term(), JournalContract.bytes("x")))
                        .outcome())
                .isEqualTo(JournalException.Outcome.NOT_APPENDED);
    }

    @Test
    void without_a_majority_an_append_stays_unknown_and_is_never_acknowledged() throws Exception {
        Led leader = awaitLeader();
        appendMany(leader, 0, 1);
        members.forEach((id, member) -> {
            if (!id.equals(leader.id())) {
                member.journal().close();
            }
        });

        JournalException failure = JournalContract.failureOf(
                member(leader).journal().append(leader.term(), JournalContract.bytes("alone")));

        assertThat(failure.outcome()).isEqualTo(JournalException.Outcome.UNKNOWN);
        assertThat(member(leader).machine().batches()).hasSize(1);
    }

    @Test
    void an_empty_peer_gets_a_snapshot_when_the_log_no_longer_goes_back() throws Exception {
        Led leader = awaitLeader();
        String away = peers.stream()
                .map(RaftSettings.Peer::id)
                .filter(id -> !id.equals(leader.id()))
                .findFirst()
                .orElseThrow();
        member(new Led(away, 0)).journal().close();
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            // Enough for several segments of the log, which is cut by whole segments.
            for (int i = 0; i < 12; i++) {
                String large = round + "-" + i + "x".repeat(2 << 20);
                JournalContract.done(member(leader).journal().append(leader.term(), JournalContract.bytes(large)));
                acknowledged.add(large);
            }
            JournalContract.done(member(leader).journal().snapshot());
        }
        acknowledged.addAll(appendMany(leader, 0, 200));

        RecordingMachine fresh = start(away, away + "-new-disk").machine();
        fresh.awaitBatches(acknowledged.size());

        assertThat(fresh.restoredFrom()).isPositive();
        assertThat(fresh.batches()).isEqualTo(acknowledged);
    }

    private Member start(String id, String directory) {
        RecordingMachine machine = new RecordingMachine();
        Journal journal = new RaftJournal(RaftSettings.member(id, peers, root.resolve(directory)));
        members.put(id, new Member(journal, machine));
        journal.start(machine, new Journal.LeadershipListener() {
            @Override
            public void leading(long term) {
                led.add(new Led(id, term));
            }

            @Override
            public void following() {}
        });
        return new Member(journal, machine);
    }

    private Member member(Led leader) {
        Member member = members.get(leader.id());
        assertThat(member).isNotNull();
        return member;
    }

    private Led awaitLeader() throws InterruptedException {
        Led next = led.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("a leader within 30 s").isNotNull();
        return next;
    }

    private List<String> appendMany(Led leader, int from, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            JournalContract.done(member(leader).journal().append(leader.term(), JournalContract.bytes("batch-" + i)));
            texts.add("batch-" + i);
        }
        return texts;
    }
}
