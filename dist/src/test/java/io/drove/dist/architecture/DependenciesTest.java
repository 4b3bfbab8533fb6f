package io.drove.dist.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may depend on whom. ARCHITECTURE.md says why. */
class DependenciesTest {
    /** What a pure decision may use of the JDK: data, and nothing that knows time, chance, threads or the outside. */
    private static final DescribedPredicate<JavaClass> PURE_JDK = resideInAnyPackage(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio.charset",
            "java.security",
            "java.time",
            "java.time.temporal",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "");

    private static final DescribedPredicate<JavaClass> IMPURE = nameMatching(
                    "java\\.(lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|ProcessHandle|Runtime|ClassLoader)"
                            + "|security\\.SecureRandom|time\\.Clock|util\\.(Random|SplittableRandom|Timer|TimerTask|Scanner))(\\$.*)?")
            .forSubtype();

    private static final DescribedPredicate<JavaClass> MODEL = resideInAnyPackage("io.drove.model..");

    /** The layers of core, lowest first: each uses only those before it. */
    private static final List<String> CORE_LAYERS =
            List.of("contract", "state", "placement", "liveness", "instance", "rollout", "app", "planner");

    @Test
    void the_import_holds_every_module_that_has_sources() throws Exception {
        List<String> modules = DroveClasses.modules();

        assertThat(modules).contains("model", "core", "platform", "client", "cli", "dist");
        assertThat(modules)
                .allSatisfy(module -> assertThat(DroveClasses.packages())
                        .anyMatch(name -> (name + ".").startsWith("io.drove." + module + ".")));
        assertThat(DroveClasses.ALL).hasSizeGreaterThan(400);
    }

    @Test
    void the_model_uses_the_pure_jdk_and_jackson_only_in_wire() {
        DescribedPredicate<JavaClass> annotations =
                resideInAnyPackage("org.jspecify.annotations", "com.google.errorprone.annotations");

        check(classes()
                .that(MODEL)
                .and()
                .resideOutsideOfPackage("io.drove.model.wire")
                .should()
                .onlyDependOnClassesThat(PURE_JDK.and(DescribedPredicate.not(IMPURE))
                        .or(MODEL.and(DescribedPredicate.not(resideInAnyPackage("io.drove.model.wire"))))
                        .or(annotations)));
        check(classes()
                .that()
                .resideInAPackage("io.drove.model.wire")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(IMPURE)
                        .and(PURE_JDK.or(MODEL)
                                .or(annotations)
                                .or(nameMatching("java\\.nio\\.file\\.(Path|InvalidPathException)|java\\.net\\.URI")
                                        .forSubtype())
                                .or(resideInAnyPackage(
                                        "java.io",
                                        "java.lang.ref",
                                        "java.lang.reflect",
                                        "java.util.concurrent",
                                        "java.util.concurrent.atomic",
                                        "tools.jackson..",
                                        "com.fasterxml.jackson.annotation")))));
    }

    @Test
    void the_core_uses_the_model_the_pure_jdk_and_persistent_maps() {
        check(classes()
                .that()
                .resideInAPackage("io.drove.core..")
                .should()
                .onlyDependOnClassesThat(PURE_JDK.and(DescribedPredicate.not(IMPURE))
                        .or(MODEL.and(DescribedPredicate.not(resideInAnyPackage("io.drove.model.wire"))))
                        .or(resideInAnyPackage(
                                "io.drove.core..",
                                "io.vavr..",
                                "org.jspecify.annotations",
                                "com.google.errorprone.annotations"))));
    }

    @Test
    void neither_model_nor_core_reads_a_clock_or_rolls_dice() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.drove.model..", "io.drove.core..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.Collections.class, "shuffle", List.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void each_layer_of_the_core_uses_only_those_before_it() {
        for (int i = 0; i < CORE_LAYERS.size(); i++) {
            String[] later = CORE_LAYERS.subList(i + 1, CORE_LAYERS.size()).stream()
                    .map(layer -> "io.drove.core." + layer + "..")
                    .toArray(String[]::new);
            String layer = "io.drove.core." + CORE_LAYERS.get(i) + "..";
            assertThat(DroveClasses.packages()).contains(layer.substring(0, layer.length() - 2));
            if (later.length > 0) {
                check(noClasses()
                        .that()
                        .resideInAPackage(layer)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later));
            }
        }
    }

    @Test
    void the_executors_half_and_the_controllers_half_of_the_core_do_not_know_each_other() {
        check(noClasses()
                .that()
                .resideInAPackage("io.drove.core.agent..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.drove.core..")
                        .and(DescribedPredicate.not(resideInAnyPackage("io.drove.core.agent..")))));
        check(noClasses()
                .that(resideInAnyPackage("io.drove.core..")
                        .and(DescribedPredicate.not(resideInAnyPackage("io.drove.core.agent.."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.drove.core.agent.."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model      |
            core       | model
            platform   |
            client     | model, platform
            cli        | model, platform, client
            controller | model, platform, core
            executor   | model, platform, core
            simulation | model, platform, core, controller, executor
            bench      | model, platform, core, client, controller, executor, simulation
            """)
    void modules_point_one_way(String module, String allowed) {
        Map<Boolean, List<String>> others = List.of(
                        "model",
                        "core",
                        "platform",
                        "client",
                        "cli",
                        "controller",
                        "executor",
                        "simulation",
                        "bench",
                        "dist")
                .stream()
                .filter(name -> !name.equals(module))
                .collect(java.util.stream.Collectors.partitioningBy(
                        name -> allowed != null && List.of(allowed.split(", *")).contains(name)));

        check(noClasses()
                .that()
                .resideInAPackage("io.drove." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others.get(false).stream()
                        .map(name -> "io.drove." + name + "..")
                        .toArray(String[]::new))
                .allowEmptyShould(true));
    }

    @Test
    void packages_are_free_of_cycles() {
        check(slices().matching("io.drove.(**)").should().beFreeOfCycles());
    }

    private static void check(ArchRule rule) {
        rule.check(DroveClasses.ALL);
    }
}
