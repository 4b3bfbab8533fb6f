package io.drove.dist.dev;

import io.drove.platform.security.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the supervisor tells about its cluster: read by {@code status}, {@code stop} and, as {@code current.json}, by the client
 * commands. For the owner alone, since it carries the password.
 */
record ClusterRecord(
        State state,
        String endpoint,
        String username,
        String password,
        Path dataDirectory,
        List<ServerProcess> processes) {
    /** How far the cluster has come. */
    enum State {
        STARTING,
        READY,
        /** The servers run, and the sample did not come up. */
        DEGRADED
    }

    /** A process, told apart from a later one of the same number by when it was started. */
    record ServerProcess(String name, long pid, Instant started) {
        static ServerProcess of(String name, ProcessHandle handle) {
            return new ServerProcess(
                    name, handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
        }

        /** The process itself, if it is still that one. */
        Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(handle ->
                            handle.info().startInstant().orElse(Instant.EPOCH).equals(started));
        }
    }

    ClusterRecord {
        processes = List.copyOf(processes);
    }

    /** The JSON document; its field names are a contract with the client. */
    ObjectNode toJson() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("state", state.name());
        json.put("endpoint", endpoint);
        json.put("username", username);
        json.put("password", password);
        json.put("dataDirectory", dataDirectory.toString());
        var list = json.putArray("processes");
        for (ServerProcess process : processes) {
            list.addObject()
                    .put("name", process.name)
                    .put("pid", process.pid)
                    .put("started", process.started.toString());
        }
        return json;
    }

    void write(DevDirectory directory) throws IOException {
        String text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(toJson());
        OwnerOnlyFile.write(directory.record(), text);
        OwnerOnlyFile.write(directory.current(), text);
    }

    /** Removes the record, and the clients' copy if it tells of this directory. */
    static void remove(DevDirectory directory) throws IOException {
        Files.deleteIfExists(directory.record());
        if (read(directory.current())
                .filter(record -> record.dataDirectory.equals(directory.root()))
                .isPresent()) {
            Files.deleteIfExists(directory.current());
        }
    }

    /** What the file says; nothing if it is absent or not such a record. */
    static Optional<ClusterRecord> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
            List<ServerProcess> processes = new ArrayList<>();
            for (JsonNode process : json.path("processes")) {
                processes.add(new ServerProcess(
                        process.path("name").asString(),
                        process.path("pid").asLong(),
                        Instant.parse(process.path("started").asString())));
            }
            return Optional.of(new ClusterRecord(
                    State.valueOf(json.path("state").asString()),
                    json.path("endpoint").asString(),
                    json.path("username").asString(),
                    json.path("password").asString(),
                    Path.of(json.path("dataDirectory").asString()),
                    processes));
        } catch (JacksonException | IllegalArgumentException | java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
