package io.drove.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.platform.process.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The engine's own command line, as an operator would use it beside us. */
final class EngineCommand {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private EngineCommand() {}

    static String docker(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 1];
        command[0] = "docker";
        System.arraycopy(words, 0, command, 1, words.length);
        Command.Result result = Command.of(TIMEOUT, command).run();
        assertThat(result.isSuccess())
                .as("%s: %s", List.of(words), result.output())
                .isTrue();
        return result.output().strip();
    }

    /** Ids of all containers whose name begins with that app's. */
    static List<String> containersOf(String appId) throws IOException, InterruptedException {
        return docker("ps", "-aq", "--no-trunc", "--filter", "name=^/" + appId + "-")
                .lines()
                .sorted()
                .toList();
    }

    /** The container of an instance that runs. */
    static String containerOf(String instanceId) throws IOException, InterruptedException {
        String container = docker("ps", "-q", "--filter", "label=drove.instance.id=" + instanceId);
        assertThat(container).hasLineCount(1);
        return container;
    }

    /** Kills the container's first process, as the kernel would for lack of memory. */
    static void killProcessOf(String instanceId) throws IOException, InterruptedException {
        long pid = Long.parseLong(docker("inspect", "--format", "{{.State.Pid}}", containerOf(instanceId)));
        Command.Result kill = Command.of(TIMEOUT, "kill", "-9", "" + pid).run();
        assertThat(kill.isSuccess()).as(kill.output()).isTrue();
    }
}
