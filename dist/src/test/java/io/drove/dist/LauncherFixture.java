package io.drove.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.platform.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The launcher in a small project of its own, on a machine that has only what the test puts there: JDKs and a Maven that write down how they were called, and
 * the tools of a shell script.
 */
final class LauncherFixture {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> TOOLS =
            List.of("cat", "find", "flock", "grep", "head", "mkdir", "mv", "readlink", "rm", "rmdir", "tail");
    // Where the launcher looks for JDKs; its copy looks below the test's own root.
    private static final List<String> SEARCHED = List.of("/usr/lib/jvm", "/opt", "/Library");

    private final Path machine;
    private final Path project;

    LauncherFixture(Path machine) throws IOException {
        this.machine = machine;
        this.project = machine.resolve("project");
        write(project.resolve("pom.xml"), "");
        write(project.resolve("core/pom.xml"), "");
        write(source(), "");
        write(project.resolve("core/src/test/java/ATest.java"), "");
        String launcher = Files.readString(ProjectRoot.find().resolve("drove"));
        for (String searched : SEARCHED) {
            assertThat(launcher).contains(" " + searched + "/");
            launcher = launcher.replace(" " + searched + "/", " " + machine + searched + "/");
        }
        program(project.resolve("drove"), launcher);
        for (String tool : TOOLS) {
            program(bin().resolve(tool), "#!/bin/sh\nexec " + onPath(tool).orElseThrow() + " \"$@\"\n");
        }
    }

    Path project() {
        return project;
    }

    Path source() {
        return project.resolve("core/src/main/java/A.java");
    }

    Path image() {
        return project.resolve("dist/target/image");
    }

    /** A JDK of that version, as its own files tell. */
    Path jdk(String directory, String version) throws IOException {
        Path jdk = machine.resolve(directory);
        write(jdk.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        program(jdk.resolve("bin/java"), """
                #!/bin/sh
                echo "$0 $*" >> '%s'
                for word in "$@"; do
                    case $word in -XX:AOTCacheOutput=*) echo cache > "${word#*=}" ;; esac
                done
                """.formatted(calls()));
        return jdk;
    }

    /** What {@code javac} on the PATH leads to. */
    void linkOnPath(Path jdk) throws IOException {
        Files.createSymbolicLink(bin().resolve("javac"), jdk.resolve("bin/javac"));
    }

    /** A Maven whose build succeeds, with that text in the jar that it makes. */
    void mavenThatBuilds(String text) throws IOException {
        maven("""
                mkdir -p '%1$s/lib'
                echo '%2$s' > '%1$s/lib/drove.jar'
                """.formatted(image(), text));
    }

    /** A Maven whose build fails half-way. */
    void mavenThatFails() throws IOException {
        maven("""
                mkdir -p '%1$s/lib'
                echo half > '%1$s/lib/half.jar'
                echo '[ERROR] /somewhere/A.java:[1,2] cannot find symbol'
                echo '[ERROR] Re-run Maven using the -X switch'
                exit 1
                """.formatted(image()));
    }

    /** A Maven that ends before it can say why. */
    void mavenThatDies() throws IOException {
        maven("echo Killed; exit 137\n");
    }

    private void maven(String end) throws IOException {
        program(bin().resolve("mvn"), """
                #!/bin/sh
                echo "mvn in $PWD by $JAVA_HOME: $*" >> '%s'
                echo '[INFO] Building Drove core 1 [1/1]'
                """.formatted(calls()) + end);
    }

    /** Starts the launcher from somewhere else. */
    Command.Result drove(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        return run(project.resolve("drove"), environment, words);
    }

    Command.Result run(Path launcher, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>(Map.of("PATH", bin().toString()));
        List.of("JAVA_HOME", "DROVE_NO_BUILD", "DROVE_JAVA_OPTS", "DROVE_HEAP").forEach(name -> all.put(name, ""));
        all.putAll(environment);
        String[] command = new String[words.length + 1];
        command[0] = launcher.toString();
        System.arraycopy(words, 0, command, 1, words.length);
        return new Command(Arrays.asList(command), all, TIMEOUT).run();
    }

    /** What was called since this was asked before, the programs' own words shortened to what matters. */
    List<String> called() throws IOException {
        List<String> lines = Files.exists(calls()) ? Files.readAllLines(calls()) : List.of();
        Files.deleteIfExists(calls());
        return lines.stream().map(LauncherFixture::shortened).toList();
    }

    private static String shortened(String line) {
        if (line.startsWith("mvn ")) {
            return "build";
        }
        return line.contains("io.drove.dist.Training ")
                ? "train"
                : line.replaceFirst(".* io\\.drove\\.dist\\.Main", "run");
    }

    /** The same in full. */
    List<String> calledInFull() throws IOException {
        return Files.readAllLines(calls());
    }

    /** Makes a file or directory a second younger than what was built. */
    void touch(Path file) throws IOException {
        FileTime built = Files.getLastModifiedTime(image().resolve("stamp"));
        Files.setLastModifiedTime(file, FileTime.from(built.toInstant().plusSeconds(1)));
    }

    private Path calls() {
        return machine.resolve("calls");
    }

    private Path bin() {
        return machine.resolve("bin");
    }

    private static Optional<Path> onPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void program(Path file, String text) throws IOException {
        write(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
