package io.drove.dist.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.drove.dist.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Our own classes without tests, imported once, and the files that they come from. */
final class DroveClasses {
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // What JMH writes from our benchmarks.
            .withImportOption(location -> !location.contains("jmh_generated"))
            .importPackages("io.drove");

    private DroveClasses() {}

    /** Every package of ours that holds more than its package-info. */
    static SortedSet<String> packages() {
        SortedSet<String> packages = new TreeSet<>();
        for (JavaClass type : ALL) {
            if (!type.getSimpleName().equals("package-info")) {
                packages.add(type.getPackageName());
            }
        }
        return packages;
    }

    /** The modules that have sources. */
    static List<String> modules() throws IOException {
        try (Stream<Path> directories = Files.list(projectRoot())) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("src/main/java/io/drove")))
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** The root of the source tree. */
    static Path projectRoot() {
        return ProjectRoot.find();
    }
}
