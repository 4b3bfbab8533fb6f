package io.drove.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.platform.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks the README's tour, command by command, on ports and in a data directory of its own. */
@Tag("real")
class TourRealTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    // Beside a cluster that may run on this machine, and beside those of the other tests.
    private static final String OFFSET = "8100";

    @TempDir
    private Path home;

    @AfterEach
    void stop() throws Exception {
        run("./drove dev stop --cleanup");
    }

    @Test
    void every_command_of_the_tour_works() throws Exception {
        List<String> commands = Documentation.commands(Documentation.root().resolve("README.md"));
        String example = Files.readString(Documentation.root().resolve("examples/hello.json"));
        Files.writeString(home.resolve("my-app.json"), example.replace("\"version\": \"1\"", "\"version\": \"2\""));

        assertThat(commands).hasSizeGreaterThan(15).anyMatch(command -> command.contains("dev stop"));
        for (String command : commands) {
            String mine = command.replace("dev --detach", "dev --detach --no-install --port-offset " + OFFSET)
                    .replace("my-app.json", home.resolve("my-app.json").toString())
                    .replace("output.log", "output.log --out " + home.resolve("output.log"))
                    .replaceFirst("(appinstances tail.*)", "$1 --no-follow");
            if (mine.contains("AI-…") || mine.contains("0123456789ab")) {
                Instance instance = anInstance();
                mine = mine.replace("AI-…", instance.id()).replace("0123456789ab", instance.container());
            }
            succeed(mine);
        }
    }

    /** An instance of the sample and its container. */
    private record Instance(String id, String container) {}

    /** Right after a kill the list may be shorter for a moment, and what it names may be gone: look until both are there. */
    private Instance anInstance() {
        return Awaitility.await()
                .atMost(TIMEOUT)
                .until(this::look, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Instance> look() throws Exception {
        String id = succeed("./drove appinstances list hello-1 | grep HEALTHY | head -1 | cut -d ' ' -f 1")
                .strip();
        String container = succeed("docker ps --quiet --filter label=drove.instance.id=" + id)
                .strip();
        return id.isEmpty() || container.isEmpty() ? Optional.empty() : Optional.of(new Instance(id, container));
    }

    private String succeed(String command) throws Exception {
        Command.Result result = run(command);
        assertThat(result.isSuccess()).as("%s%n%s", command, result.output()).isTrue();
        return result.output();
    }

    private Command.Result run(String command) throws Exception {
        return new Command(
                        List.of("sh", "-c", "cd " + Documentation.root() + " && " + command),
                        Map.of("XDG_DATA_HOME", home.toString(), "DROVE_NO_BUILD", "true"),
                        TIMEOUT)
                .run();
    }
}
