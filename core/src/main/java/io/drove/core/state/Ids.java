package io.drove.core.state;

import io.drove.core.contract.Seed;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import java.util.UUID;

/** Makes ids from a seed, the same ones for the same seed: version-4 UUIDs by SplitMix64 over both halves. */
final class Ids {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long high;
    private long low;

    Ids(Seed seed) {
        high = seed.high();
        low = seed.low();
    }

    InstanceId nextInstance() {
        return new InstanceId(InstanceId.Kind.APP, nextHigh(), nextLow());
    }

    OperationId nextOperation() {
        return new OperationId(nextHigh(), nextLow());
    }

    ClusterId nextCluster() {
        return new ClusterId(new UUID(nextHigh(), nextLow()).toString());
    }

    private long nextHigh() {
        high += GOLDEN_GAMMA;
        return (mix(high ^ Long.rotateLeft(low, 32)) & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    }

    private long nextLow() {
        low += GOLDEN_GAMMA;
        return (mix(low ^ Long.rotateLeft(high, 17)) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
