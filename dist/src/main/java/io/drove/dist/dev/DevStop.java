package io.drove.dist.dev;

import io.drove.dist.dev.ClusterRecord.ServerProcess;
import io.drove.dist.engine.Engine;
import java.io.IOException;
import java.util.Optional;

/** {@code drove dev stop}: ends the supervisor, which ends its servers. */
final class DevStop {
    private DevStop() {}

    static int run(DevDirectory directory, boolean isCleanup, Progress progress)
            throws IOException, InterruptedException {
        boolean wasRunning = DevStatus.isRunning(directory);
        if (wasRunning) {
            Optional<ServerProcess> supervisor = ClusterRecord.read(directory.record())
                    .flatMap(record -> record.processes().stream()
                            .filter(process -> process.name().equals("supervisor"))
                            .findFirst());
            Optional<ProcessHandle> alive = supervisor.flatMap(ServerProcess::alive);
            if (alive.isEmpty()) {
                progress.say("drove dev: the cluster in " + directory.root()
                        + " is just starting or stopping; try again in a moment");
                return 1;
            }
            Leftovers.stop(alive.get());
        }
        if (directory.root().toFile().isDirectory()) {
            directory.create();
            Leftovers.stop(directory, progress);
        }
        progress.say(wasRunning ? "stopped" : "no development cluster ran in " + directory.root());
        if (isCleanup) {
            CleanUp.run(directory, new Engine(Engine.socketOf(System.getenv())), progress);
        } else if (wasRunning) {
            progress.say("containers are left running; drove dev stop --cleanup removes them");
        }
        return 0;
    }
}
