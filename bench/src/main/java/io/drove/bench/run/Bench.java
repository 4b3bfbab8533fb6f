package io.drove.bench.run;

import com.google.errorprone.annotations.FormatMethod;
import io.drove.bench.cluster.DevCluster;
import io.drove.bench.cluster.Launcher;
import io.drove.bench.engine.EngineCalls;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the measurements of one run share.
 *
 * @param progress gets a line for each thing that takes a while
 */
public record Bench(
        Launcher launcher, DevCluster cluster, EngineCalls engine, RunOptions options, PrintStream progress) {
    @FormatMethod
    void say(String pattern, @Nullable Object... arguments) {
        progress.println(String.format(Locale.ROOT, pattern, arguments));
    }

    /** Starts the cluster unless it runs. */
    void ensureCluster() throws InterruptedException {
        if (!cluster.isThere()) {
            say("starting a cluster");
            cluster.start();
        }
    }
}
