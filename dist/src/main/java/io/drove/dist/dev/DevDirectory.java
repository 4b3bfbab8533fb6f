package io.drove.dist.dev;

import io.drove.platform.security.OwnerOnlyDirectory;
import io.drove.platform.security.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Where a development cluster keeps everything: secrets, configuration, the servers' data, logs.
 *
 * @param root the directory itself
 * @param home the directory that tells clients of the running cluster, whatever {@code root} is
 */
record DevDirectory(Path root, Path home) {
    private static final long LOG_BYTES_MAX = 20L * 1024 * 1024;

    /** The default directory under the XDG data directory. */
    static Path defaultRoot(Map<String, String> environment) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        return base.resolve("drove").resolve("dev").toAbsolutePath();
    }

    static DevDirectory of(Path root, Map<String, String> environment) {
        return new DevDirectory(root.toAbsolutePath().normalize(), defaultRoot(environment));
    }

    /** Makes what is missing, for the owner's eyes only. */
    void create() throws IOException {
        OwnerOnlyDirectory.make(root);
        OwnerOnlyDirectory.make(home);
        OwnerOnlyDirectory.make(logs());
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path secrets() {
        return root.resolve("secrets.json");
    }

    Path record() {
        return root.resolve("dev.json");
    }

    /** The copy that clients look for. */
    Path current() {
        return home.resolve("current.json");
    }

    /** What the executor keeps of its membership: its first line is the cluster id. */
    Path membership() {
        return data(ServerConfiguration.EXECUTOR).resolve("cluster");
    }

    Path configuration(String server) {
        return root.resolve(server + ".yml");
    }

    Path data(String server) {
        return root.resolve(server);
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** The log of a process, for its owner's eyes only, moved aside when it has grown too long. One older file is kept. */
    Path log(String process) throws IOException {
        Path log = logs().resolve(process + ".log");
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.move(log, logs().resolve(process + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return OwnerOnlyFile.close(log);
    }
}
