package io.drove.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.dist.docs.Documentation.Block;
import io.drove.platform.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks the README's tour, command by command, on ports of its own. */
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
        List<String> commands = new ArrayList<>();
        for (Block block : Documentation.blocks(Documentation.root().resolve("README.md"), "sh")) {
            commands.addAll(Documentation.commands(block));
        }

        assertThat(commands).hasSizeGreaterThan(10).last().asString().contains("dev stop");
        for (String command : commands) {
            String mine = command.replace("/tmp/", home + "/")
                    .replace("dev --detach", "dev --detach --no-install --port-offset " + OFFSET);
            Command.Result result = run(mine);
            assertThat(result.isSuccess()).as("%s%n%s", mine, result.output()).isTrue();
        }
    }

    private Command.Result run(String command) throws Exception {
        return new Command(
                        List.of("sh", "-c", "cd " + Documentation.root() + " && " + command),
                        Map.of("XDG_DATA_HOME", home.toString(), "DROVE_NO_BUILD", "true"),
                        TIMEOUT)
                .run();
    }
}
