package io.drove.dist.dev;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts a part of Drove as a process of its own, outside of the terminal's process group where the system allows. */
final class DroveProcess {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private DroveProcess() {}

    /** A builder for {@code drove ARGUMENTS}; neither session nor pid change on the way to the JVM. */
    static ProcessBuilder drove(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        String launcher = System.getProperty("drove.launcher", "");
        if (launcher.isEmpty()) {
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.drove.dist.Main"));
        } else {
            command.add(launcher);
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(Path.of("/dev/null").toFile());
        // The image that this process runs from is the one to run: no build in between.
        builder.environment().put("DROVE_NO_BUILD", "true");
        // Two servers that start on a small machine: the optimising compiler would take as much time as all the rest.
        builder.environment().putIfAbsent("DROVE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        return builder;
    }
}
