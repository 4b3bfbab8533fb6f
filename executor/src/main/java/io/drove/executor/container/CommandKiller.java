package io.drove.executor.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Ends a command inside a container that took too long: the engine itself has no call for that. */
final class CommandKiller {
    /** Kills the command's process when it is still one of that container, as the kernel's record of its groups shows. */
    void kill(JsonNode exec) {
        long pid = exec.path("Pid").asLong(0);
        String container = exec.path("ContainerID").asString("");
        if (!exec.path("Running").asBoolean(false) || pid <= 1 || container.isEmpty() || !isOf(pid, container)) {
            return;
        }
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static boolean isOf(long pid, String container) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"))
                    .contains(container);
        } catch (IOException e) {
            return false;
        }
    }
}
