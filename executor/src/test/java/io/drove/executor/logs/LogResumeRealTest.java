package io.drove.executor.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.executor.container.ContainerDescription;
import io.drove.executor.container.ContainerLimits;
import io.drove.executor.container.DockerEngine;
import io.drove.executor.container.EngineException;
import io.drove.executor.container.OutputSource;
import io.drove.executor.container.PublishedOn;
import io.drove.executor.container.TestImage;
import io.drove.model.container.LoggingSpec;
import io.drove.model.resource.CoreSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real engine, whose two readers write their lines in another order than they read them, and a copy that breaks off again and again. */
@Tag("real")
@Timeout(300)
class LogResumeRealTest {
    private static final int LINES = 5_000;

    private final DockerEngine engine = TestImage.engine();
    private final String name = "drove-executor-test-" + UUID.randomUUID();

    @TempDir
    private Path directory;

    @BeforeAll
    static void image() throws Exception {
        TestImage.ensure();
    }

    @AfterEach
    void tidy() throws EngineException {
        engine.remove(name);
        engine.close();
    }

    @Test
    void every_line_of_both_streams_is_copied_once_and_in_order() throws Exception {
        engine.create(new ContainerDescription(
                name,
                TestImage.NAME,
                List.of("sh", "-c", "for i in $(seq " + LINES + "); do echo out $i; echo err $i >&2; done"),
                Map.of(),
                Map.of(),
                List.of(),
                PublishedOn.EVERYWHERE,
                List.of(),
                CoreSet.of(0),
                OptionalInt.empty(),
                64L << 20,
                new ContainerLimits(1_024, OptionalLong.empty()),
                LoggingSpec.DEFAULT,
                "tag",
                List.of(),
                null));
        engine.start(name);

        int rounds = 0;
        while (!isCopiedToTheEnd(37 + 13 * (rounds % 101))) {
            rounds++;
        }

        List<String> lines = Files.readAllLines(directory.resolve("output.log"));
        for (String source : List.of("out ", "err ")) {
            assertThat(lines.stream().filter(line -> line.startsWith(source)))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                            .mapToObj(i -> source + i)
                            .toList());
        }
        assertThat(lines).hasSize(2 * LINES);
        assertThat(rounds).isGreaterThan(10);
    }

    /** Copies until so many new pieces have come, and breaks off in the next one. */
    private boolean isCopiedToTheEnd(int pieces) throws IOException {
        try (OutputFile file = new OutputFile(directory, 1 << 20, 2)) {
            long before = Files.size(directory.resolve("output.log"));
            engine.followOutput(name, file.position(), (OutputSource source, String timestamp, byte[] text) -> {
                if (Files.size(directory.resolve("output.log")) - before > 10L * pieces) {
                    throw new IOException("the copy breaks off");
                }
                file.accept(source, timestamp, text);
            });
            return true;
        } catch (EngineException brokenOff) {
            return false;
        }
    }
}
