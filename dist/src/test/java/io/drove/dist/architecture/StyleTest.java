package io.drove.dist.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** House rules that a machine can check. */
class StyleTest {
    private static final List<String> MOCKING_LIBRARIES =
            List.of("mockito", "easymock", "jmockit", "powermock", "jmock", "mockk");

    @Test
    void every_package_says_what_it_is_and_is_null_marked() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String name : DroveClasses.packages()) {
            Path source = sourceOf(name);
            if (!Files.exists(source)) {
                wrong.add(name + " has no package-info.java");
            } else if (!Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class)) {
                wrong.add(name + " is not @NullMarked");
            } else if (!Files.readString(source).startsWith("/**")) {
                wrong.add(name + " has no words");
            }
        }
        assertThat(DroveClasses.packages()).hasSizeGreaterThan(20);
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_class_has_a_name_that_says_nothing() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveSimpleNameStartingWith("Common")
                .check(DroveClasses.ALL);
    }

    /** So the compiler need not ask each exception for a serialVersionUID: the lint category "serial" is off. */
    @Test
    void nothing_is_written_or_read_by_java_s_own_serialization() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutput.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInput.class)
                .check(DroveClasses.ALL);
    }

    @Test
    void no_mocking_library_is_on_any_class_path() throws Exception {
        List<Path> poms = files("pom.xml");

        assertThat(poms).hasSizeGreaterThan(5);
        assertThat(poms)
                .allSatisfy(pom -> assertThat(Files.readString(pom).toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain(MOCKING_LIBRARIES));
        assertThat(System.getProperty("java.class.path").toLowerCase(java.util.Locale.ROOT))
                .contains("archunit")
                .doesNotContain(MOCKING_LIBRARIES);
    }

    @Test
    void no_test_sleeps() throws Exception {
        List<Path> tests = javaFiles("src/test/java");

        assertThat(tests).hasSizeGreaterThan(20);
        assertThat(tests)
                .filteredOn(test -> !test.endsWith("StyleTest.java"))
                .allSatisfy(test -> assertThat(Files.readString(test)).doesNotContain("Thread.sleep("));
    }

    private static Path sourceOf(String packageName) {
        String module = packageName.split("\\.")[2];
        return DroveClasses.projectRoot()
                .resolve(module)
                .resolve("src/main/java")
                .resolve(packageName.replace('.', '/'))
                .resolve("package-info.java");
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> modules = Files.list(DroveClasses.projectRoot())) {
            return modules.map(module -> module.resolve(name))
                    .filter(Files::exists)
                    .toList();
        }
    }

    private static List<Path> javaFiles(String below) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path directory : files(below)) {
            try (Stream<Path> walk = Files.walk(directory)) {
                walk.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
            }
        }
        return found;
    }
}
