package io.drove.dist.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that documents use for what is in the sources.
 *
 * @param qualified packages, types and methods below {@code io.drove}: {@code core.planner}, {@code core.planner.Planner}, {@code core.planner.Planner#decide}
 * @param simple types by their last names, those of tests too
 */
record SourceNames(Set<String> qualified, Set<String> simple) {
    private static final String ROOT = "io.drove.";
    private static final Pattern TYPE = Pattern.compile("[A-Z][a-z]\\w*(\\.[A-Z]\\w*)?");
    private static final Pattern QUALIFIED = Pattern.compile("[a-z]+(\\.\\w+)+(#\\w+)?");
    private static final Pattern PATH = Pattern.compile("[.\\w-]+(/[.\\w-]+)+");
    // Spoken of, not here: what we do not do, and names of others.
    private static final Set<String> NOT_OURS = Set.of("Utils");

    static SourceNames read() throws IOException {
        Set<String> qualified = new HashSet<>();
        Set<String> simple = new HashSet<>();
        for (JavaClass type : DroveClasses.ALL) {
            String name = type.getName().substring(ROOT.length()).replace('$', '.');
            qualified.add(name);
            type.getMethods().forEach(method -> qualified.add(name + "#" + method.getName()));
            simple.add(type.getSimpleName());
            simple.add(name.replaceFirst("^([a-z]+\\.)*", ""));
        }
        for (String name : DroveClasses.packages()) {
            // A package without types of its own is one too, if there are some below it.
            for (String at = name; at.startsWith(ROOT); at = at.substring(0, at.lastIndexOf('.'))) {
                qualified.add(at.substring(ROOT.length()));
            }
        }
        for (String module : DroveClasses.modules()) {
            addTests(DroveClasses.projectRoot().resolve(module).resolve("src/test/java"), simple);
        }
        return new SourceNames(qualified, simple);
    }

    private static void addTests(Path directory, Set<String> simple) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                simple.add(file.getFileName().toString().replaceFirst("\\.java$", ""));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether there is such a thing; empty for text that names none: a command, a keyword, a word of the wire. */
    Optional<Boolean> knows(String text) throws IOException {
        if (PATH.matcher(text).matches()) {
            // "drove" alone in front is a command.
            return text.startsWith("./")
                    ? Optional.empty()
                    : Optional.of(Files.exists(DroveClasses.projectRoot().resolve(text)));
        }
        if (QUALIFIED.matcher(text).matches()) {
            List<String> modules = DroveClasses.modules();
            boolean isOurs = modules.contains(text.substring(0, text.indexOf('.')));
            return isOurs ? Optional.of(qualified.contains(text)) : Optional.empty();
        }
        return TYPE.matcher(text).matches() && !NOT_OURS.contains(text)
                ? Optional.of(simple.contains(text))
                : Optional.empty();
    }
}
