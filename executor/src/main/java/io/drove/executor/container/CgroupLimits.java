package io.drove.executor.container;

import io.drove.model.resource.CoreSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the kernel really allows a process, in either version of control groups, read below a root path. */
public final class CgroupLimits {
    private final Path root;

    public CgroupLimits(Path root) {
        this.root = root;
    }

    /** What differs from the record, in words; empty when all is as it should be or the kernel does not tell. */
    public Optional<String> mismatch(long pid, CoreSet cores, long memoryBytes) throws IOException {
        List<String> differences = new ArrayList<>();
        Optional<CoreSet> realCores =
                read(pid, "cpuset", "cpuset.cpus", "cpuset.cpus").map(CgroupLimits::cores);
        if (realCores.isPresent() && !realCores.get().equals(cores)) {
            differences.add("cpuset is " + realCores.get() + ", wanted " + cores);
        }
        Optional<String> realMemory = read(pid, "memory", "memory.limit_in_bytes", "memory.max");
        if (realMemory.isPresent() && !realMemory.get().equals(Long.toString(memoryBytes))) {
            differences.add("memory limit is " + realMemory.get() + ", wanted " + memoryBytes);
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }

    private Optional<String> read(long pid, String controller, String fileV1, String fileV2) throws IOException {
        for (String line : Files.readAllLines(root.resolve("proc/" + pid + "/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            String group = parts[2].substring(1);
            boolean isV1 = List.of(parts[1].split(",")).contains(controller);
            Optional<String> value = isV1
                    ? content(root.resolve("sys/fs/cgroup/" + controller)
                            .resolve(group)
                            .resolve(fileV1))
                    : parts[0].equals("0")
                            ? content(
                                    root.resolve("sys/fs/cgroup").resolve(group).resolve(fileV2))
                            : Optional.empty();
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> content(Path file) throws IOException {
        return Files.isReadable(file)
                ? Optional.of(Files.readString(file).trim()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static CoreSet cores(String list) {
        IntStream ids = IntStream.empty();
        for (String part : list.split(",")) {
            String[] ends = part.split("-", 2);
            int first = Integer.parseInt(ends[0]);
            ids = IntStream.concat(
                    ids, IntStream.rangeClosed(first, ends.length == 1 ? first : Integer.parseInt(ends[1])));
        }
        return CoreSet.of(ids.toArray());
    }
}
