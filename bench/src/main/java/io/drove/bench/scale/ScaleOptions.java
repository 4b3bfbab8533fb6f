package io.drove.bench.scale;

import static io.drove.model.Assertion.require;

import io.drove.model.wire.DocumentLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code drove bench scale} asks for.
 *
 * @param cluster how large all of it is
 * @param load how it is driven
 * @param heap {@code DROVE_HEAP} of the controller, such as {@code 8g}; empty for a controller as it is started without
 * @param controllerOptions further options of its JVM
 * @param executorsHeap of the JVM with the simulated executors
 * @param profile a directory that gets a recording of the controller under load, or null
 * @param isKept whether the working directory with all logs stays
 * @param only what is measured after the load, which always comes first
 */
public record ScaleOptions(
        Cluster cluster,
        Load load,
        String heap,
        String controllerOptions,
        String executorsHeap,
        @Nullable Path profile,
        boolean isKept,
        Set<Section> only) {
    private static final int BIG = 100_000;

    /** What is measured after the load, in this order. */
    public enum Section {
        /** Memory, and processor time when nothing happens. */
        P8,
        /** The list of apps. */
        P14,
        /** One app's instances replaced. */
        ROLL,
        /** The controller killed and started again. */
        P7,
        /** A tenth of the executors gone, then another. */
        R2
    }

    /**
     * How large all of it is.
     *
     * @param cores of each executor
     * @param instances of each app, of one core each
     */
    public record Cluster(int executors, int cores, int numaNodes, int apps, int instances) {
        private static final int INSTANCES_MAX = 2_048;

        public Cluster {
            require(executors > 0 && cores > 0 && numaNodes > 0, "a cluster needs executors with cores on NUMA nodes");
            require(cores % numaNodes == 0, "%d cores cannot be spread evenly over %d NUMA nodes", cores, numaNodes);
            require(apps > 0, "apps must be > 0, was %d", apps);
            require(
                    instances > 0 && instances <= INSTANCES_MAX,
                    "instances must be 1 to %d, the API's limit for an app, was %d",
                    INSTANCES_MAX,
                    instances);
            require(
                    (long) apps * instances <= (long) executors * cores,
                    "%d x %d instances of one core do not fit %d x %d cores",
                    apps,
                    instances,
                    executors,
                    cores);
        }

        /** Instances of all apps. */
        public int total() {
            return apps * instances;
        }

        /** How much of all cores they take, in percent. */
        double fill() {
            return 100.0 * total() / ((double) executors * cores);
        }
    }

    /**
     * How it is driven.
     *
     * @param writers clients that create and scale apps at once
     * @param isInOneCall whether apps are created with all their instances, instead of created and then scaled
     * @param appsPerCall how many apps one call creates, if they are created with all their instances
     * @param startsPerSecond instances that are asked for a second, on average; 0 for as fast as calls are answered
     * @param warmUp instances that come and go in the same way before anything is measured; 0 for none
     * @param readsPerSecond of the steady reader
     * @param idle how long nothing happens while processor time is measured
     * @param patience how long a count may stand still before the run is given up
     * @param seed for what the reader asks for
     */
    public record Load(
            int writers,
            boolean isInOneCall,
            int appsPerCall,
            int startsPerSecond,
            int warmUp,
            int readsPerSecond,
            Duration idle,
            Duration patience,
            long seed) {
        public Load {
            require(writers > 0, "writers must be > 0, was %d", writers);
            require(
                    appsPerCall > 0 && appsPerCall <= DocumentLimits.BATCH_MAX,
                    "apps per call must be 1 to %d, was %d",
                    DocumentLimits.BATCH_MAX,
                    appsPerCall);
            require(
                    isInOneCall || appsPerCall == 1,
                    "%d apps per call need --in-one-call yes: scaling takes a call for each app",
                    appsPerCall);
            require(startsPerSecond >= 0, "the rate must be >= 0, was %d", startsPerSecond);
            require(warmUp >= 0, "instances to warm up with must be >= 0, was %d", warmUp);
            require(readsPerSecond >= 0, "reads must be >= 0, was %d", readsPerSecond);
        }
    }

    /** Apps that come and go before anything is measured: of as many instances each as the others. */
    int appsToWarmUp() {
        return Math.min(cluster.apps(), Math.ceilDiv(load.warmUp(), cluster.instances()));
    }

    public ScaleOptions {
        require(!executorsHeap.isEmpty(), "a heap needs a size");
        only = only.isEmpty() ? Collections.emptySet() : Collections.unmodifiableSet(EnumSet.copyOf(only));
    }

    /** The heap that a controller of that many instances gets unless another is asked for. */
    public static String heapFor(Cluster cluster) {
        return cluster.total() > BIG ? "8g" : "";
    }

    /** The heap that so many simulated executors get unless another is asked for. */
    public static String executorsHeapFor(Cluster cluster) {
        return cluster.total() > BIG ? "8g" : "1g";
    }

    /** What the figures depend on. */
    SortedMap<String, Object> shape() {
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("executors", cluster.executors());
        shape.put("cores", cluster.cores());
        shape.put("numaNodes", cluster.numaNodes());
        shape.put("apps", cluster.apps());
        shape.put("instances", cluster.instances());
        shape.put("fill", Math.round(cluster.fill() * 10) / 10.0);
        shape.put("reads", load.readsPerSecond());
        shape.put("rate", load.startsPerSecond() == 0 ? "unlimited" : load.startsPerSecond());
        shape.put("calls", load.isInOneCall() ? "create" : "create, scale");
        shape.put("appsPerCall", load.appsPerCall());
        shape.put("warmUp", load.warmUp());
        shape.put("seed", load.seed());
        shape.put("heap", heap.isEmpty() ? "default" : heap);
        shape.put("controllerOptions", controllerOptions);
        shape.put("processors", Runtime.getRuntime().availableProcessors());
        shape.put("java", Runtime.version().toString());
        return shape;
    }
}
