package io.drove.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.cli.command.Commands;
import io.drove.cli.line.Command;
import io.drove.controller.ControllerConfig;
import io.drove.executor.ExecutorConfig;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All that the original has is here too, or {@code docs/reference/differences.md} says that it is not. */
class DifferencesTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void every_path_of_the_original_is_either_served_or_listed_as_missing() throws IOException {
        List<String> paths = original("paths.txt");

        try (BareApi api = new BareApi()) {
            assertThat(paths).hasSizeGreaterThan(50).anyMatch(api::serves);
            assertThat(listed(paths)).isEqualTo(missing(paths, api::serves));
        }
    }

    @Test
    void every_command_of_the_original_either_exists_or_is_listed_as_missing() throws IOException {
        List<String> commands = original("commands.txt");

        assertThat(commands).hasSizeGreaterThan(60).anyMatch(DifferencesTest::exists);
        assertThat(listed(commands)).isEqualTo(missing(commands, DifferencesTest::exists));
    }

    @Test
    void every_shell_of_the_original_completes_or_is_listed_as_missing() throws IOException {
        List<String> shells = List.of("bash", "zsh", "tcsh");

        assertThat(quoted().stream()
                        .filter(text -> text.startsWith(Commands.COMPLETION))
                        .map(text -> text.replace(Commands.COMPLETION + " ", "")))
                .containsExactlyElementsOf(missing(shells, Commands.SHELLS::contains));
    }

    /** Keys that are here and mean something else are listed too, so the other direction would prove nothing. */
    @Test
    void every_configuration_key_of_the_original_is_known_or_listed_as_missing() throws IOException {
        assertThat(quoted())
                .containsAll(missing(original("controller-keys.txt"), keys(ControllerConfig.class)::contains))
                .containsAll(missing(original("executor-keys.txt"), keys(ExecutorConfig.class)::contains));
        assertThat(missing(original("executor-keys.txt"), keys(ExecutorConfig.class)::contains))
                .contains("options.logBufferSize")
                .doesNotContain("options.cacheImages");
    }

    private static boolean exists(String command) {
        Command at = Commands.root(List.of());
        for (String word : command.split(" ")) {
            Optional<? extends Command> child = at instanceof Command.Group group
                    ? group.children().get().stream()
                            .filter(one -> one.name().equals(word))
                            .findFirst()
                    : Optional.empty();
            if (child.isEmpty()) {
                return false;
            }
            at = child.get();
        }
        return at instanceof Command.Leaf<?>;
    }

    private static Set<String> keys(Class<?> configuration) {
        Set<String> keys = new TreeSet<>();
        for (RecordComponent top : configuration.getRecordComponents()) {
            if (top.getType().isRecord()) {
                for (RecordComponent below : top.getType().getRecordComponents()) {
                    keys.add(top.getName() + "." + below.getName());
                }
            }
        }
        return keys;
    }

    private static Set<String> missing(List<String> all, Predicate<String> isThere) {
        return all.stream().filter(isThere.negate()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> listed(List<String> all) throws IOException {
        Set<String> listed = quoted();
        listed.retainAll(all);
        return listed;
    }

    /** What stands in backticks where the page says what is missing. */
    private static Set<String> quoted() throws IOException {
        String page = Files.readString(Documentation.root().resolve("docs/reference/differences.md"));
        int from = page.indexOf("\n## Left out\n");
        assertThat(from).isPositive().isLessThan(page.indexOf("\n## Not there yet\n"));
        Set<String> quoted = new TreeSet<>();
        Matcher matcher = QUOTED.matcher(page.substring(from));
        while (matcher.find()) {
            quoted.add(matcher.group(1));
        }
        return quoted;
    }

    private static List<String> original(String table) throws IOException {
        try (var in = DifferencesTest.class.getResourceAsStream("/original/" + table)) {
            assertThat(in).as(table).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
