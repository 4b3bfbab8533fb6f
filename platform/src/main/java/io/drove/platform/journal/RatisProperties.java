package io.drove.platform.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Our settings in the words of Ratis, each with its reason. */
final class RatisProperties {
    private static final SizeInBytes ENTRIES_AT_ONCE = SizeInBytes.valueOf("4MB");

    private RatisProperties() {}

    static RaftProperties of(RaftSettings settings) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(
                properties, List.of(settings.directory().toFile()));
        if (settings.isAlone()) {
            RaftConfigKeys.Rpc.setType(properties, new LonePeerRpc());
        } else {
            GrpcConfigKeys.Server.setHost(properties, settings.own().host());
            GrpcConfigKeys.Server.setPort(properties, settings.own().port());
        }
        elections(properties, settings);
        log(properties, settings);
        // Snapshots are ours to take: Ratis would write them on the thread that applies. It asks often, for a number
        // only.
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, 64);
        // Nobody retries a request here, so the memory of answered ones is only a cost.
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.valueOf(2, TimeUnit.SECONDS));
        RaftServerConfigKeys.Write.setElementLimit(properties, settings.maxBatches() * 2);
        RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf(settings.maxBytes() * 2L));
        return properties;
    }

    private static void elections(RaftProperties properties, RaftSettings settings) {
        boolean isAlone = settings.isAlone();
        TimeDuration min = millis(settings.electionMin());
        TimeDuration max = millis(settings.electionMax());
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, min);
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, max);
        // Whoever is alone need not wait for a leader to be heard.
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, isAlone ? millis(Duration.ofMillis(1)) : min);
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, isAlone ? millis(Duration.ofMillis(5)) : max);
        // A pause of the process (SIGSTOP, a full disk) makes Ratis step down, and after a minute close. Followers
        // elect
        // another leader by themselves and the term fences the old one: nothing is gained by closing.
        RaftServerConfigKeys.setSleepDeviationThreshold(
                properties,
                isAlone ? TimeDuration.ONE_DAY : millis(settings.electionMax().multipliedBy(3)));
        RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(7, TimeUnit.DAYS));
        RaftServerConfigKeys.LeaderElection.setPreVote(properties, true);
    }

    private static void log(RaftProperties properties, RaftSettings settings) {
        // Followers are slowed down by changing segments: with large batches smaller ones cost a third of the rate.
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(settings.isAlone() ? "2MB" : "4MB"));
        // Beside the open one. Few, since in memory they would be as large as the state of many small apps: who needs
        // older entries reads them from the disk, or gets a snapshot. An entry that is larger than a segment is put
        // into
        // the open one.
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("1MB"));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, ENTRIES_AT_ONCE);
        // Every entry would be followed by one that tells the commit index; a restarted peer learns it from the leader.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
        // What a snapshot covers is cut also while a follower is away: it gets the snapshot.
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
        RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, false);
        RaftServerConfigKeys.Log.setAsyncFlushEnabled(properties, false);
    }

    private static TimeDuration millis(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
