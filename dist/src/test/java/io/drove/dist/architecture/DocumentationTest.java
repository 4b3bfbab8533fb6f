package io.drove.dist.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.controller.ControllerConfig;
import io.drove.executor.ExecutorConfig;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about the sources, held against the sources. */
class DocumentationTest {
    private static final Pattern MODULE = Pattern.compile("^([a-z]+)/ ");
    private static final Pattern PACKAGES = Pattern.compile("^  ((?:\\.[a-z]+ ?)+)");
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @Test
    void the_tree_of_the_architecture_names_exactly_the_packages_that_exist() throws IOException {
        Set<String> existing = new TreeSet<>();
        for (String name : DroveClasses.packages()) {
            String[] parts = name.split("\\.");
            if (parts.length > 3) {
                existing.add(parts[2] + "." + parts[3]);
            }
        }

        assertThat(packagesOfTheTree()).isEqualTo(existing);
    }

    @Test
    void every_key_of_the_configurations_is_documented_in_its_section() throws IOException {
        String[] sections = read("docs/operate/configuration.md").split("\n## ");

        assertThat(sections).hasSize(3);
        assertThat(undocumented(ControllerConfig.class, sections[1])).isEmpty();
        assertThat(undocumented(ExecutorConfig.class, sections[2])).isEmpty();
    }

    @Test
    void every_link_between_documents_leads_to_a_file() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    dead.add(document.getFileName() + " -> " + link.group(1));
                }
            }
        }

        assertThat(documents()).hasSizeGreaterThan(8);
        assertThat(dead).isEmpty();
    }

    @Test
    void every_package_type_method_and_file_that_the_guides_name_exists() throws IOException {
        SourceNames names = SourceNames.read();
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (String document : List.of("ARCHITECTURE.md", "CONTRIBUTING.md")) {
            Matcher quoted = QUOTED.matcher(read(document).replaceAll("(?s)```.*?```", ""));
            while (quoted.find()) {
                Optional<Boolean> isThere = names.knows(quoted.group(1));
                checked += isThere.isPresent() ? 1 : 0;
                if (!isThere.orElse(true)) {
                    wrong.add(document + ": " + quoted.group(1));
                }
            }
        }

        assertThat(checked).isGreaterThan(70);
        assertThat(wrong).isEmpty();
    }

    private static Set<String> packagesOfTheTree() throws IOException {
        Set<String> named = new TreeSet<>();
        String module = "";
        for (String line : read("ARCHITECTURE.md").split("```")[1].lines().toList()) {
            Matcher ofModule = MODULE.matcher(line);
            Matcher ofPackages = PACKAGES.matcher(line);
            if (ofModule.find()) {
                module = ofModule.group(1);
            } else if (ofPackages.find()) {
                for (String name : ofPackages.group(1).trim().split(" ")) {
                    named.add(module + name);
                }
            }
        }
        return named;
    }

    /** Top-level keys and those one below them, by their own names. */
    private static List<String> undocumented(Class<?> configuration, String section) {
        List<String> missing = new ArrayList<>();
        for (RecordComponent top : configuration.getRecordComponents()) {
            if (!top.getType().isRecord()) {
                note(missing, section, top.getName());
                continue;
            }
            for (RecordComponent below : top.getType().getRecordComponents()) {
                note(missing, section, top.getName() + "." + below.getName());
            }
        }
        return missing;
    }

    private static void note(List<String> missing, String section, String key) {
        if (!section.contains("`" + key + "`") && !section.contains("`" + key + ".")) {
            missing.add(key);
        }
    }

    private static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> top = Files.list(DroveClasses.projectRoot());
                Stream<Path> docs = Files.walk(DroveClasses.projectRoot().resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .forEach(found::add);
        }
        return found;
    }

    private static String read(String document) throws IOException {
        return Files.readString(DroveClasses.projectRoot().resolve(document));
    }
}
