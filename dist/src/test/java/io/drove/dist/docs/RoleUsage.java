package io.drove.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.bench.BenchCommand;
import io.drove.cli.process.Environment;
import io.drove.dist.dev.DevCommand;
import io.drove.dist.server.ServerCommand;
import io.drove.simulation.SimulateCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a command of the image or the launcher says of itself, beside a line that somebody wrote down.
 *
 * @param text its usage
 * @param flags those of the line
 */
record RoleUsage(String text, List<String> flags) {
    private static final String LAUNCHER = "./drove ";
    private static final List<String> ROLES = List.of("dev", "server", "bench", "simulate", "build", "format", "test");

    static boolean isRole(String line) {
        return line.startsWith(LAUNCHER)
                && ROLES.contains(line.substring(LAUNCHER.length()).split(" ")[0]);
    }

    /** Asks the command for its usage; fails if there is no such command. */
    static RoleUsage of(String line) throws IOException {
        List<String> words = words(line);
        List<String> path = new ArrayList<>();
        while (path.size() < words.size() && !words.get(path.size()).startsWith("-")) {
            path.add(words.get(path.size()));
        }
        // Help has just been asked for, and not every usage names it.
        return new RoleUsage(
                usage(path),
                words.stream()
                        .filter(word -> word.startsWith("-") && !word.equals("--help"))
                        .toList());
    }

    List<String> unknownFlags() {
        return flags.stream()
                .filter(flag -> !Pattern.compile("(?<![\\w-])" + Pattern.quote(flag) + "(?![\\w-])")
                        .matcher(text)
                        .find())
                .toList();
    }

    private static List<String> words(String line) {
        return Stream.of(line.substring(LAUNCHER.length()).split(" +"))
                .filter(word -> !word.equals("…"))
                .toList();
    }

    private static String usage(List<String> path) throws IOException {
        String role = path.getFirst();
        if (List.of("build", "format", "test").contains(role)) {
            assertThat(path).hasSize(1);
            return role.equals("test") ? Files.readString(Documentation.root().resolve(".ci/test.sh")) : "";
        }
        List<String> question = new ArrayList<>(path.subList(1, path.size()));
        question.add("--help");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int exitCode = switch (role) {
            case "dev" -> DevCommand.run(question, out);
            case "server" -> ServerCommand.run(question, environment(out));
            case "bench" -> BenchCommand.run(question, out, out);
            default -> SimulateCommand.run(question.toArray(String[]::new), out);
        };
        String text = said.toString(StandardCharsets.UTF_8);
        assertThat(exitCode).as("%s: %s", path, text).isZero();
        assertThat(text).as("the usage of a command names it").containsIgnoringCase("usage: drove " + role);
        // A role that has no commands of its own would answer any word.
        path.forEach(word -> assertThat(text).contains(word));
        return text;
    }

    private static Environment environment(PrintStream out) {
        Environment process = Environment.ofProcess();
        return new Environment(
                Map.of(),
                process.home(),
                new ByteArrayInputStream(new byte[0]),
                out,
                out,
                () -> false,
                () -> false,
                process.zone(),
                process.pace(),
                process.endQuietlyOnInterrupt());
    }
}
