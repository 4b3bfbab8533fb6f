package io.drove.dist.dev;

import io.drove.dist.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Removes the containers of one development cluster, told apart by the cluster id on them. */
final class CleanUp {
    /** The label that executors put on every container. */
    static final String CLUSTER_LABEL = "drove.cluster.id";

    private CleanUp() {}

    static void run(DevDirectory directory, Engine engine, Progress progress) throws IOException {
        if (!Files.exists(directory.membership())) {
            progress.step("no containers to remove: the executor never joined");
            return;
        }
        String clusterId = Files.readAllLines(directory.membership()).getFirst().strip();
        List<String> containers = engine.containersWith(CLUSTER_LABEL, clusterId);
        for (String container : containers) {
            engine.remove(container);
        }
        progress.step("removed " + containers.size() + " containers of cluster " + clusterId);
    }
}
