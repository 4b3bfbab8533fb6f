package io.drove.dist.dev;

import io.drove.dist.dev.ClusterRecord.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code drove dev status}: whether the cluster of a data directory runs, and how to reach it. */
final class DevStatus {
    private DevStatus() {}

    /** Whether a supervisor holds the lock. */
    static boolean isRunning(DevDirectory directory) throws IOException {
        if (!Files.exists(directory.lock())) {
            return false;
        }
        Optional<DevLock> lock = DevLock.tryTake(directory.lock());
        if (lock.isPresent()) {
            lock.get().close();
        }
        return lock.isEmpty();
    }

    /** Prints the status; the exit code is 0 only for a running cluster. */
    static int print(DevDirectory directory, boolean isJson, PrintStream out) throws IOException {
        Optional<ClusterRecord> record =
                isRunning(directory) ? ClusterRecord.read(directory.record()) : Optional.empty();
        if (isJson) {
            ObjectNode json = JsonMapper.shared().createObjectNode().put("running", record.isPresent());
            record.ifPresentOrElse(
                    found -> json.setAll(found.toJson()),
                    () -> json.put("dataDirectory", directory.root().toString()));
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json));
        } else if (record.isPresent()) {
            print(record.get(), out);
        } else {
            out.println("no development cluster runs in " + directory.root() + "; start one: ./drove dev");
        }
        return record.isPresent() ? 0 : 1;
    }

    static String alreadyRunning(DevDirectory directory) throws IOException {
        return "drove dev: a development cluster is already running in " + directory.root()
                + ClusterRecord.read(directory.record())
                        .map(record -> " (" + record.endpoint() + ", supervisor process "
                                + record.processes().getFirst().pid() + ")")
                        .orElse("")
                + ".\nSee ./drove dev status, end it with ./drove dev stop, or start another with --data-dir DIR --port-offset N.";
    }

    private static void print(ClusterRecord record, PrintStream out) {
        out.printf("%-15s %s%n", "state", record.state().name().toLowerCase(Locale.ROOT));
        out.printf("%-15s %s%n", "endpoint", record.endpoint());
        out.printf("%-15s %s%n", "username", record.username());
        out.printf("%-15s %s%n", "password", record.password());
        out.printf("%-15s %s%n", "data directory", record.dataDirectory());
        for (ServerProcess process : record.processes()) {
            out.printf(
                    "%-15s %s%n",
                    process.name(), process.alive().isPresent() ? "process " + process.pid() : "not running");
        }
    }
}
