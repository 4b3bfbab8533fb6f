package io.drove.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.dist.docs.Documentation.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTreeTest {
    @Test
    void the_tree_names_exactly_the_packages_that_exist() throws Exception {
        NavigableSet<String> existing = existing();

        assertThat(existing).hasSizeGreaterThan(40);
        assertThat(named()).isEqualTo(existing);
    }

    /** A line {@code module/} or {@code   .package}, and a word on it. */
    private static NavigableSet<String> named() throws IOException {
        Path file = Documentation.root().resolve("ARCHITECTURE.md");
        Block tree = Documentation.blocks(file, "tree").getFirst();
        NavigableSet<String> named = new TreeSet<>();
        String module = "";
        for (String line : tree.text().lines().toList()) {
            String name = line.strip().split(" ")[0];
            assertThat(line.strip()).as("says what it is for").contains("  ");
            if (name.endsWith("/")) {
                module = name.substring(0, name.length() - 1);
                named.add("io.drove." + module);
            } else {
                named.add("io.drove." + module + name);
            }
        }
        return named;
    }

    private static NavigableSet<String> existing() throws IOException {
        NavigableSet<String> existing = new TreeSet<>();
        try (Stream<Path> modules = Files.list(Documentation.root())) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/main/java");
                if (Files.exists(sources)) {
                    existing.add("io.drove." + module.getFileName());
                    addPackages(sources, existing);
                }
            }
        }
        return existing;
    }

    private static void addPackages(Path sources, NavigableSet<String> existing) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .forEach(existing::add);
        }
    }
}
