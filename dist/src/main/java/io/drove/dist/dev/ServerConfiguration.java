package io.drove.dist.dev;

import io.drove.platform.security.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration files of the two servers: what the development cluster needs, with the user's own file laid over it. */
final class ServerConfiguration {
    static final String CONTROLLER = "controller";
    static final String EXECUTOR = "executor";

    private final DevDirectory directory;
    private final DevPorts ports;
    private final DevSecrets secrets;
    private final VirtualSize size;
    private final Path engineSocket;

    ServerConfiguration(
            DevDirectory directory, DevPorts ports, DevSecrets secrets, VirtualSize size, Path engineSocket) {
        this.directory = directory;
        this.ports = ports;
        this.secrets = secrets;
        this.size = size;
        this.engineSocket = engineSocket;
    }

    /** Writes both files, with the sections {@code controller} and {@code executor} of {@code overlay} laid over them. */
    void write(Map<String, Object> overlay) throws IOException {
        write(CONTROLLER, controller(), overlay);
        write(EXECUTOR, executor(), overlay);
    }

    /** The user's file for {@code --config}: sections {@code controller} and {@code executor}, nothing else. */
    static Map<String, Object> readOverlay(Path file) throws IOException {
        Map<String, Object> overlay = Yaml.read(Files.readString(file), file.toString());
        for (Map.Entry<String, Object> section : overlay.entrySet()) {
            boolean known =
                    section.getKey().equals(CONTROLLER) || section.getKey().equals(EXECUTOR);
            if (!known || !(section.getValue() instanceof Map)) {
                throw new IllegalArgumentException(
                        file + ": found \"" + section.getKey()
                                + "\", allowed are the mappings controller and executor, each laid over the configuration of that server");
            }
        }
        return overlay;
    }

    private void write(String server, Map<String, Object> configuration, Map<String, Object> overlay)
            throws IOException {
        Files.createDirectories(directory.data(server));
        Map<String, Object> whole = Yaml.overlay(configuration, Yaml.section(overlay, server));
        String head = "# Written by drove dev at each start; to change something give it --config FILE.\n";
        OwnerOnlyFile.write(directory.configuration(server), head + Yaml.write(whole));
    }

    private Map<String, Object> controller() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("dataDirectory", directory.data(CONTROLLER).toString());
        file.put("server", listener(ports.api()));
        file.put("admin", listener(ports.controllerAdmin()));
        file.put("raft", Map.of("port", ports.raft()));
        file.put("clusterAuth", clusterAuth());
        file.put("instanceAuth", Map.of("secret", secrets.instances().reveal()));
        Map<String, Object> users = new LinkedHashMap<>();
        users.put("enabled", true);
        users.put("encoding", "PLAIN");
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("username", secrets.username());
        user.put("password", secrets.password().reveal());
        user.put("role", "EXTERNAL_ROOT");
        users.put("users", List.of(user));
        file.put("userAuth", users);
        return file;
    }

    private Map<String, Object> executor() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("dataDirectory", directory.data(EXECUTOR).toString());
        file.put("server", listener(ports.executor()));
        file.put("admin", listener(ports.executorAdmin()));
        file.put("clusterAuth", clusterAuth());
        file.put("controllers", Map.of("endpoints", List.of("http://127.0.0.1:" + ports.api())));
        Map<String, Object> overProvisioning = new LinkedHashMap<>();
        overProvisioning.put("enabled", true);
        overProvisioning.put("cpuMultiplier", size.cpuMultiplier());
        overProvisioning.put("memoryMultiplier", size.memoryMultiplier());
        file.put("resources", Map.of("overProvisioning", overProvisioning));
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("dockerSocketPath", engineSocket.toString());
        options.put("hostPorts", hostPorts());
        file.put("options", options);
        return file;
    }

    private static Map<String, Object> listener(int port) {
        Map<String, Object> listener = new LinkedHashMap<>();
        listener.put("host", "127.0.0.1");
        listener.put("port", port);
        return listener;
    }

    private Map<String, Object> hostPorts() {
        Map<String, Object> range = new LinkedHashMap<>();
        range.put("first", ports.firstHostPort());
        range.put("last", ports.lastHostPort());
        return range;
    }

    private Map<String, Object> clusterAuth() {
        return Map.of("secret", secrets.cluster().reveal());
    }
}
