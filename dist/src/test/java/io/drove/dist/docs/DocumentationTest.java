package io.drove.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.cli.command.Commands;
import io.drove.cli.line.PicocliReader;
import io.drove.cli.line.PicocliReader.Outcome;
import io.drove.controller.ControllerConfig;
import io.drove.dist.docs.Documentation.Block;
import io.drove.executor.ExecutorConfig;
import io.drove.model.app.AppSpec;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.SpecRules;
import io.drove.model.wire.UserDocuments;
import io.drove.platform.config.Config;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show is true. */
class DocumentationTest {
    private static final Map<String, String> VARIABLES =
            List.of("ADMIN_PASSWORD", "CLUSTER_SECRET", "INSTANCE_SECRET", "REGISTRY_PASSWORD").stream()
                    .collect(Collectors.toMap(name -> name, _ -> "of-the-test"));

    private final UserDocuments documents = new UserDocuments(new SpecRules(List.of(), List.of(), false, false));

    static List<Block> specs() throws Exception {
        return Documentation.blocks("json spec");
    }

    static List<Block> operations() throws Exception {
        return Documentation.blocks("json operation");
    }

    static List<Block> controllerFiles() throws Exception {
        return Documentation.blocks("yaml controller");
    }

    static List<Block> executorFiles() throws Exception {
        return Documentation.blocks("yaml executor");
    }

    static List<String> commands() throws Exception {
        List<String> commands = new ArrayList<>();
        for (Path file : Documentation.files()) {
            Documentation.commands(file).stream()
                    .filter(command -> command.startsWith("./drove "))
                    .filter(command -> !RoleUsage.isRole(command))
                    .forEach(commands::add);
        }
        return commands;
    }

    /** Commands of the image and the launcher, with what is said of them in passing: that names no operands, so clients' commands are left out. */
    static NavigableSet<String> roleCommands() throws Exception {
        NavigableSet<String> commands = new TreeSet<>();
        for (Path file : Documentation.files()) {
            Stream.concat(Documentation.commands(file).stream(), Documentation.quotedCommands(file).stream())
                    .filter(RoleUsage::isRole)
                    .forEach(commands::add);
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("specs")
    void a_spec_that_is_shown_is_accepted_without_a_warning(Block block) {
        Decoded<?> decoded = documents.appSpec(block.text().getBytes(StandardCharsets.UTF_8));

        assertSound(decoded);
    }

    @Test
    void the_example_is_accepted_without_a_warning() throws Exception {
        Decoded<AppSpec> decoded =
                documents.appSpec(Files.readAllBytes(Documentation.root().resolve("examples/hello.json")));

        assertSound(decoded);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_that_is_shown_is_accepted_without_a_warning(Block block) {
        Decoded<?> decoded = documents.operation(block.text().getBytes(StandardCharsets.UTF_8));

        assertSound(decoded);
    }

    @ParameterizedTest
    @MethodSource("controllerFiles")
    void a_controller_file_that_is_shown_is_accepted(Block block) {
        assertThat(Config.parse(block.text(), block.toString(), VARIABLES).bind(ControllerConfig.DEFAULT))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("executorFiles")
    void an_executor_file_that_is_shown_is_accepted(Block block) {
        assertThat(Config.parse(block.text(), block.toString(), VARIABLES).bind(ExecutorConfig.DEFAULT))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("roleCommands")
    void a_command_of_the_image_that_is_shown_exists_with_its_options(String command) throws Exception {
        RoleUsage usage = RoleUsage.of(command);

        assertThat(usage.unknownFlags())
                .as("flags that are not in:%n%s", usage.text())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_that_is_shown_exists_with_its_options(String command) {
        List<String> words = List.of(command.substring("./drove ".length()).split(" +"));

        assertThat(new PicocliReader(Commands.root(List.of())).read(words)).isInstanceOf(Outcome.Run.class);
    }

    @Test
    void there_is_something_to_check() throws Exception {
        assertThat(specs()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(operations()).isNotEmpty();
        assertThat(controllerFiles()).isNotEmpty();
        assertThat(executorFiles()).isNotEmpty();
        assertThat(commands()).hasSizeGreaterThan(20);
        assertThat(roleCommands())
                .hasSizeGreaterThan(25)
                .contains("./drove dev stop --cleanup", "./drove test --fast", "./drove simulate --seed 1 --seeds 50");
    }

    private static void assertSound(Decoded<?> decoded) {
        if (decoded instanceof Decoded.Invalid<?> invalid) {
            throw new AssertionError(String.join("\n", invalid.texts()));
        }
        assertThat(decoded.warnings()).isEmpty();
    }
}
