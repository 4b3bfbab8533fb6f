package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.dist.dev.ClusterRecord.ServerProcess;
import io.drove.dist.dev.ClusterRecord.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterRecordTest {
    @TempDir
    private Path temporary;

    private final ServerProcess self = ServerProcess.of("supervisor", ProcessHandle.current());

    @BeforeEach
    void make_directories() throws Exception {
        directory("a").create();
        directory("b").create();
    }

    @Test
    void what_was_written_is_read() throws Exception {
        ClusterRecord record = record(directory("a"));

        record.write(directory("a"));

        assertThat(ClusterRecord.read(directory("a").record())).contains(record);
        assertThat(ClusterRecord.read(directory("a").current())).contains(record);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory("a").current())))
                .isEqualTo("rw-------");
    }

    @Test
    void removing_leaves_the_clients_copy_of_another_cluster_alone() throws Exception {
        record(directory("a")).write(directory("a"));
        record(directory("b")).write(directory("b"));

        ClusterRecord.remove(directory("a"));

        assertThat(directory("a").record()).doesNotExist();
        assertThat(ClusterRecord.read(directory("b").current())).contains(record(directory("b")));
    }

    @Test
    void a_torn_file_is_no_record() throws Exception {
        Files.writeString(directory("a").record(), "{\"state\":\"READ");

        assertThat(ClusterRecord.read(directory("a").record())).isEmpty();
    }

    @Test
    void another_process_with_the_same_number_is_not_taken_for_it() {
        ServerProcess reused =
                new ServerProcess("controller", self.pid(), self.started().minusSeconds(60));

        assertThat(self.alive()).isPresent();
        assertThat(reused.alive()).isEmpty();
    }

    private DevDirectory directory(String name) {
        return DevDirectory.of(temporary.resolve(name), Map.of("XDG_DATA_HOME", temporary.toString()));
    }

    private ClusterRecord record(DevDirectory directory) {
        return new ClusterRecord(
                State.READY, "http://127.0.0.1:10000", "admin", "secret", directory.root(), List.of(self));
    }
}
