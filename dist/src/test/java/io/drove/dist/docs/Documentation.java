package io.drove.dist.docs;

import io.drove.dist.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown files of the project and the fenced blocks in them. */
final class Documentation {
    private static final String FENCE = "```";
    private static final Pattern QUOTED_COMMAND = Pattern.compile("`(?:[A-Z_]+=\\S+ )?(\\./drove [^`]+)`");

    private Documentation() {}

    /**
     * A fenced block.
     *
     * @param language what stands behind the opening fence
     */
    record Block(Path file, int line, String language, String text) {
        @Override
        public String toString() {
            return root().relativize(file) + ":" + line;
        }
    }

    static Path root() {
        return ProjectRoot.find();
    }

    static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> top = Files.list(root());
                Stream<Path> docs = Files.walk(root().resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }

    /** All blocks with that language, in all files. */
    static List<Block> blocks(String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path file : files()) {
            blocks.addAll(blocks(file, language));
        }
        return blocks;
    }

    static List<Block> blocks(Path file, String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int start = i++;
                List<String> text = new ArrayList<>();
                while (!lines.get(i).equals(FENCE)) {
                    text.add(lines.get(i++));
                }
                if (lines.get(start).equals(FENCE + language)) {
                    blocks.add(new Block(file, start + 1, language, String.join("\n", text) + "\n"));
                }
            }
        }
        return blocks;
    }

    /** The commands in all fenced blocks of a file, in order, without comments: what begins with {@code ./drove} or {@code docker}. */
    static List<String> commands(Path file) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean isFenced = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(FENCE)) {
                isFenced = !isFenced;
            } else if (isFenced && (line.startsWith("./drove ") || line.startsWith("docker "))) {
                commands.add(line.replaceFirst(" +#.*", "").strip());
            }
        }
        return commands;
    }

    /** The commands in running text and tables of a file: what stands in backticks and begins with {@code ./drove}. */
    static List<String> quotedCommands(Path file) throws IOException {
        return QUOTED_COMMAND
                .matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
