package io.drove.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.platform.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code ./drove}: which JDK it takes, when it builds, and what is left when a build fails. */
class LauncherTest {
    private static final Map<String, String> NO_BUILD = Map.of("DROVE_NO_BUILD", "1");

    @TempDir
    private Path machine;

    private LauncherFixture launcher;

    @BeforeEach
    void prepare() throws Exception {
        launcher = new LauncherFixture(machine.toRealPath());
        launcher.mavenThatBuilds("first");
    }

    @Test
    void a_jdk_25_is_found_among_others_by_what_it_says_of_itself() throws Exception {
        Path old = launcher.jdk("home/jdk-21", "21.0.4");
        launcher.jdk("usr/lib/jvm/a-25-that-is-a-24", "24.0.2");
        launcher.jdk("usr/lib/jvm/b-250", "250.1");
        Path right = launcher.jdk("usr/lib/jvm/c-25-amd64", "25.0.1");

        assertThat(launcher.drove(Map.of("JAVA_HOME", old.toString()), "apps", "list")
                        .isSuccess())
                .isTrue();

        assertThat(launcher.calledInFull())
                .allMatch(call -> call.startsWith(right + "/bin/java ") || call.contains(" by " + right + ":"));
    }

    @Test
    void java_home_comes_first_if_it_is_a_jdk_25() throws Exception {
        launcher.jdk("usr/lib/jvm/jdk-25", "25.0.1");
        Path chosen = launcher.jdk("home/early", "25-ea");

        launcher.drove(Map.of("JAVA_HOME", chosen.toString()), "apps", "list");

        assertThat(launcher.calledInFull().getLast()).startsWith(chosen + "/bin/java ");
    }

    @Test
    void a_jdk_25_that_only_the_path_leads_to_is_found() throws Exception {
        Path elsewhere = launcher.jdk("home/java", "25");
        launcher.linkOnPath(elsewhere);

        launcher.drove(Map.of(), "apps", "list");

        assertThat(launcher.calledInFull().getLast()).startsWith(elsewhere + "/bin/java ");
    }

    @Test
    void without_a_jdk_25_it_says_where_it_looked_and_what_to_do() throws Exception {
        Path old = launcher.jdk("usr/lib/jvm/jdk-21", "21.0.4");
        launcher.linkOnPath(old);

        Command.Result result = launcher.drove(Map.of("JAVA_HOME", old.toString()), "apps", "list");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("needs a JDK 25 and found none in JAVA_HOME (" + old + "), /usr/lib/jvm or PATH")
                .contains("set JAVA_HOME");
        assertThat(launcher.called()).isEmpty();
    }

    @Test
    void without_maven_it_says_what_to_install() throws Exception {
        launcher.jdk("usr/lib/jvm/jdk-25", "25.0.1");
        Files.delete(machine.resolve("bin/mvn"));

        Command.Result result = launcher.drove(Map.of(), "apps", "list");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("needs Maven 3.8 or newer", "apt-get install maven");
    }

    @Test
    void the_first_start_builds_and_the_second_does_not() throws Exception {
        launcher.jdk("usr/lib/jvm/jdk-25", "25.0.1");

        Command.Result first = launcher.drove(Map.of(), "apps", "list");
        List<String> built = launcher.called();
        Command.Result second = launcher.drove(Map.of(), "apps", "scale", "a b", "2");

        assertThat(first.output()).contains("building Drove", "Drove core 1 [1/1]");
        assertThat(built).containsExactly("build", "train", "train", "run apps list");
        assertThat(launcher.called()).containsExactly("run apps scale a b 2");
        assertThat(second.output()).isEmpty();
    }

    @Test
    void it_builds_again_for_a_source_that_changed_or_is_gone_and_not_for_a_test() throws Exception {
        launcher.jdk("usr/lib/jvm/jdk-25", "25.0.1");
        launcher.drove(Map.of(), "apps", "list");
        launcher.called();

        launcher.touch(launcher.project().resolve("core/src/test/java/ATest.java"));
        launcher.drove(Map.of(), "apps", "list");
        assertThat(launcher.called()).containsExactly("run apps list");

        for (Path changed : List.of(
                launcher.source(),
                // The time of its directory is all that a removed file leaves.
                launcher.source().getParent(),
                launcher.project().resolve("core/pom.xml"),
                launcher.project().resolve("pom.xml"),
                launcher.project().resolve("drove"))) {
            launcher.touch(changed);
            launcher.drove(NO_BUILD, "apps", "list");
            assertThat(launcher.called()).as("without a build, %s", changed).containsExactly("run apps list");

            launcher.drove(Map.of(), "apps", "list");
            assertThat(launcher.called())
                    .as(changed.toString())
                    .startsWith("build")
                    .endsWith("run apps list");
            // Otherwise it would be younger than the next build too.
            Files.setLastModifiedTime(
                    changed, Files.getLastModifiedTime(launcher.project().resolve("dist/target/build.lock")));
        }
    }

    @Test
    void a_build_that_fails_says_why_and_leaves_what_was_built_before() throws Exception {
        launcher.jdk("usr/lib/jvm/jdk-25", "25.0.1");
        launcher.drove(Map.of(), "apps", "list");
        launcher.touch(launcher.source());
        launcher.mavenThatFails();
        launcher.called();

        Command.Result failed = launcher.drove(Map.of(), "apps", "list");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output())
                .contains("A.java:[1,2] cannot find symbol", "what was built before still runs with DROVE_NO_BUILD=1")
                .contains("the build failed; the whole log is "
                        + launcher.project().resolve("dist/target/build.log"))
                .doesNotContain("Re-run Maven");
        assertThat(launcher.called()).containsExactly("build");
        assertThat(launcher.image().resolve("lib/drove.jar")).hasContent("first");
        assertThat(launcher.image().resolve("lib/half.jar")).doesNotExist();
        assertThat(launcher.image().resolve("cli.aot")).exists();
        assertThat(launcher.drove(NO_BUILD, "apps", "list").isSuccess()).isTrue();
        assertThat(launcher.called()).containsExactly("run apps list");

        launcher.mavenThatBuilds("second");
        launcher.drove(Map.of(), "apps", "list");

        assertThat(launcher.called()).containsExactly("build", "train", "train", "run apps list");
        assertThat(launcher.image().resolve("lib/drove.jar")).hasContent("second");
        assertThat(launcher.image().resolve("previous")).doesNotExist();
    }

    @Test
    void of_a_build_that_fails_without_a_line_that_says_why_the_end_of_the_log_is_shown() throws Exception {
        launcher.jdk("usr/lib/jvm/jdk-25", "25.0.1");
        launcher.mavenThatDies();

        assertThat(launcher.drove(Map.of(), "apps", "list").output()).contains("Killed", "the build failed");
    }

    @Test
    void a_first_build_that_fails_promises_nothing() throws Exception {
        launcher.jdk("usr/lib/jvm/jdk-25", "25.0.1");
        launcher.mavenThatFails();

        Command.Result failed = launcher.drove(Map.of(), "apps", "list");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output()).contains("cannot find symbol").doesNotContain("still runs");
    }

    @Test
    void a_link_to_it_runs_the_project_that_it_lies_in() throws Exception {
        Path jdk = launcher.jdk("usr/lib/jvm/jdk-25", "25.0.1");
        Path link = Files.createSymbolicLink(machine.resolve("bin/drove"), Path.of("../project/drove"));

        launcher.run(link, Map.of(), "apps", "list");

        assertThat(launcher.calledInFull().getLast().replace("/bin/../", "/"))
                .startsWith(jdk + "/bin/java ")
                .contains("-cp " + launcher.image().resolve("lib/drove.jar") + " ");
    }
}
