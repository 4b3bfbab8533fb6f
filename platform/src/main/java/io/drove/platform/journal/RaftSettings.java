package io.drove.platform.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a Raft journal runs.
 *
 * @param self the id of this peer, one of {@code peers}
 * @param peers all peers, 1, 3 or 5, the same on each
 * @param directory this peer's own; made if missing
 * @param electionMin the shortest silence of a leader after which a peer asks for votes
 * @param electionMax the longest; the wider the span, the rarer two ask at once
 * @param snapshotEveryBytes a snapshot is taken after so many bytes of batches
 * @param snapshotEveryBatches or after so many batches
 * @param maxBatches appends under way at once; more are refused
 * @param maxBytes and how many bytes they may have together
 * @param isOpenAllowed listens beyond loopback although peers do not authenticate: the operator's explicit wish
 */
public record RaftSettings(
        String self,
        List<Peer> peers,
        Path directory,
        Duration electionMin,
        Duration electionMax,
        long snapshotEveryBytes,
        long snapshotEveryBatches,
        int maxBatches,
        int maxBytes,
        boolean isOpenAllowed) {
    /** A member of the group and where it listens for the others. */
    public record Peer(String id, String host, int port) {}

    /** The largest batch; Raft entries above a few megabytes would hold up heartbeats. */
    public static final int MAX_BATCH_BYTES = 3 << 20;

    public RaftSettings {
        peers = List.copyOf(peers);
        require(peers.size() == 1 || peers.size() == 3 || peers.size() == 5, "1, 3 or 5 peers, were " + peers.size());
        require(peers.stream().map(Peer::id).distinct().count() == peers.size(), "peers with ids of their own");
        String id = self;
        require(peers.stream().anyMatch(peer -> peer.id().equals(id)), "peer " + self + " among the peers");
        require(electionMin.isPositive() && electionMax.compareTo(electionMin) > 0, "electionMin below electionMax");
        require(snapshotEveryBytes > 0 && snapshotEveryBatches > 0, "a snapshot after at least one batch");
        require(maxBatches > 0 && maxBytes >= MAX_BATCH_BYTES, "room for at least one batch of " + MAX_BATCH_BYTES);
    }

    /** One peer alone on loopback. Nobody else can lead, so it elects itself at once. */
    public static RaftSettings single(Path directory, int port) {
        Peer peer = new Peer("1", "127.0.0.1", port);
        return of("1", List.of(peer), directory, Duration.ofMillis(40), Duration.ofMillis(300));
    }

    /** One of several peers: a dead leader is replaced in about a second, a busy one is left alone. */
    public static RaftSettings member(String self, List<Peer> peers, Path directory) {
        return of(self, peers, directory, Duration.ofMillis(400), Duration.ofMillis(700));
    }

    /** The same with snapshots at another pace. */
    public RaftSettings withSnapshotEvery(long bytes, long batches) {
        return new RaftSettings(
                self, peers, directory, electionMin, electionMax, bytes, batches, maxBatches, maxBytes, isOpenAllowed);
    }

    /** Whether there is no other peer, and so nobody to talk to: no port is opened. */
    boolean isAlone() {
        return peers.size() == 1;
    }

    Peer own() {
        return peers.stream().filter(peer -> peer.id().equals(self)).findFirst().orElseThrow();
    }

    private static RaftSettings of(String self, List<Peer> peers, Path directory, Duration min, Duration max) {
        return new RaftSettings(self, peers, directory, min, max, 64L << 20, 100_000, 64, 16 << 20, false);
    }

    private static void require(boolean isTrue, String wanted) {
        if (!isTrue) {
            throw new IllegalArgumentException("a journal needs " + wanted);
        }
    }
}
