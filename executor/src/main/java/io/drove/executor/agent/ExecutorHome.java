package io.drove.executor.agent;

import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.platform.security.OwnerOnlyDirectory;
import io.drove.platform.security.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an executor keeps on disk: who it is, which cluster it belongs to, and the highest epoch it has seen. Written durably. */
public final class ExecutorHome {
    private static final String ID = "executor-id";
    private static final String CLUSTER = "cluster";
    private static final String LOGS = "logs";

    /** Cluster and highest epoch; no cluster before the first was joined. */
    public record Membership(@Nullable ClusterId cluster, long highestEpoch) {}

    private final Path directory;

    public ExecutorHome(Path directory) throws IOException {
        this.directory = OwnerOnlyDirectory.make(directory);
        OwnerOnlyDirectory.make(directory.resolve(LOGS));
    }

    /** Where the output of instances is kept. */
    public Path logs() {
        return directory.resolve(LOGS);
    }

    /** The id kept here; at the first start the original's rule makes it of host name and port. */
    public ExecutorId id(String hostname, int port) throws IOException {
        Path file = directory.resolve(ID);
        if (Files.exists(file)) {
            return new ExecutorId(Files.readString(file).trim());
        }
        ExecutorId id = ExecutorId.of(hostname, port);
        OwnerOnlyFile.write(file, id.value() + "\n");
        return id;
    }

    public synchronized Membership membership() throws IOException {
        Path file = directory.resolve(CLUSTER);
        if (!Files.exists(file)) {
            return new Membership(null, 0);
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2) {
            throw new IOException(file + " is damaged: found " + lines.size() + " lines, wanted cluster id and epoch");
        }
        return new Membership(
                new ClusterId(lines.get(0).trim()), Long.parseLong(lines.get(1).trim()));
    }

    /** Stores cluster and epoch, unless a later epoch of that cluster is stored already. */
    public synchronized void write(ClusterId cluster, long epoch) throws IOException {
        Membership stored = membership();
        if (cluster.equals(stored.cluster()) && stored.highestEpoch() >= epoch) {
            return;
        }
        OwnerOnlyFile.write(directory.resolve(CLUSTER), cluster.value() + "\n" + epoch + "\n");
    }
}
