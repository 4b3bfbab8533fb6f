package io.drove.dist.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What of a machine decides how it comes to an engine: its files, below a root that tests replace, and who asks.
 *
 * @param root where {@code /} is
 * @param user the name of the user of this process
 */
record Machine(Path root, String user) {
    private static final List<String> PROGRAM_DIRECTORIES =
            List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin");

    /** The one that we run on. */
    static Machine ours() {
        return new Machine(Path.of("/"), System.getProperty("user.name", ""));
    }

    /** A file by its absolute path there. */
    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** Where Docker listens if nobody says otherwise. */
    Path dockerSocket() {
        return at(Engine.DEFAULT_SOCKET.toString());
    }

    Path busybox() {
        return at("/bin/busybox");
    }

    /** True for an ELF program without an interpreter: one that needs no libraries beside it. */
    boolean hasStaticBusybox() throws IOException {
        return EngineSetup.isStatic(busybox());
    }

    boolean isDebian() {
        return Files.exists(at("/etc/debian_version")) && Files.isExecutable(at("/usr/bin/apt-get"));
    }

    boolean hasSystemd() {
        return Files.isDirectory(at("/run/systemd/system"));
    }

    boolean isRoot() {
        return user.equals("root");
    }

    /** An installed program. */
    Optional<Path> program(String name) {
        return PROGRAM_DIRECTORIES.stream()
                .map(directory -> at(directory).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The word that starts a program: where it is, else its name, for the PATH to find. */
    String command(String name) {
        return program(name).map(Path::toString).orElse(name);
    }
}
