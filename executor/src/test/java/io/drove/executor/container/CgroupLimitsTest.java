package io.drove.executor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.executor.container.CgroupLimits.Finding;
import io.drove.model.resource.CoreSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLimitsTest {
    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text + "\n");
    }

    @Test
    void version_1_is_compared() throws IOException {
        write("proc/7/cgroup", "9:cpuset:/docker/c\n4:memory:/docker/c\n0::/docker/c");
        write("sys/fs/cgroup/cpuset/docker/c/cpuset.cpus", "0-1,4");
        write("sys/fs/cgroup/memory/docker/c/memory.limit_in_bytes", "1048576");
        CgroupLimits limits = new CgroupLimits(root);

        assertThat(limits.compare(7, CoreSet.of(0, 1, 4), 1 << 20)).isEqualTo(new Finding.AsOrdered());
        assertThat(limits.compare(7, CoreSet.of(2), 2 << 20))
                .isEqualTo(new Finding.Different("cpuset is 0,1,4, wanted 2; memory limit is 1048576, wanted 2097152"));
    }

    @Test
    void version_2_is_compared() throws IOException {
        write("proc/7/cgroup", "0::/system.slice/docker-c.scope");
        write("sys/fs/cgroup/system.slice/docker-c.scope/cpuset.cpus", "3");
        write("sys/fs/cgroup/system.slice/docker-c.scope/memory.max", "max");
        CgroupLimits limits = new CgroupLimits(root);

        assertThat(limits.compare(7, CoreSet.of(3), 5))
                .isEqualTo(new Finding.Different("memory limit is max, wanted 5"));
        assertThat(limits.compare(7, CoreSet.of(3), 0)).isEqualTo(new Finding.AsOrdered());
    }

    @Test
    void what_the_kernel_does_not_tell_is_neither_right_nor_wrong() throws IOException {
        write("proc/7/cgroup", "0::/c");
        CgroupLimits limits = new CgroupLimits(root);

        assertThat(limits.compare(7, CoreSet.of(3), 5)).isEqualTo(new Finding.NotTold());
        write("sys/fs/cgroup/c/memory.max", "5");
        assertThat(limits.compare(7, CoreSet.of(3), 5)).isEqualTo(new Finding.NotTold());
        assertThat(limits.compare(7, CoreSet.of(), 5)).isEqualTo(new Finding.AsOrdered());
    }
}
