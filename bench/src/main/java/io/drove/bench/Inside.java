package io.drove.bench;

import io.drove.bench.cluster.DevCluster;
import io.drove.bench.cluster.Launcher;
import io.drove.bench.engine.EngineCalls;
import io.drove.bench.run.Bench;
import io.drove.bench.run.Measurements;
import io.drove.bench.run.RunOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The process that measures, within the engine's network: there the host ports of containers can be reached, and Drove's own ports are free
 * whatever else runs on the machine.
 */
public final class Inside {
    private Inside() {}

    /** {@code arguments}: the working directory, the engine's socket, then the words of {@code drove bench run}. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> words = Arrays.asList(arguments);
        Path directory = Path.of(words.get(0));
        Path socket = Path.of(words.get(1));
        RunOptions options = CommandWords.parse(words.subList(2, words.size()));
        // The client's record of the running cluster goes to a place of its own: a user's cluster stays the one that is
        // found.
        Map<String, String> environment = Map.of(
                "DOCKER_HOST",
                "unix://" + socket,
                "XDG_DATA_HOME",
                directory.resolve("xdg").toString());
        Launcher launcher = new Launcher(Launcher.ofThisProcess(), environment, WorkDirectory.logsIn(directory));
        DevCluster cluster = new DevCluster(launcher, directory.resolve("cluster"));
        Bench bench = new Bench(launcher, cluster, new EngineCalls(socket), options, System.err);
        System.exit(new Measurements(bench).run(System.out));
    }
}
