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

    /** What a comparison found. */
    public sealed interface Finding {
        /** The kernel enforces what was ordered. */
        record AsOrdered() implements Finding {}

        /** It does not, in words. */
        record Different(String message) implements Finding {}

        /** It does not tell all. */
        record NotTold() implements Finding {}
    }

    /** Compares what holds for a process with what was ordered; no cores and no bytes are no limit, as they are to the engine. */
    public Finding compare(long pid, CoreSet cores, long memoryBytes) throws IOException {
        List<String> differences = new ArrayList<>();
        boolean isAllTold = true;
        if (cores.size() > 0) {
            Optional<CoreSet> real =
                    read(pid, "cpuset", "cpuset.cpus", "cpuset.cpus").map(CgroupLimits::cores);
            isAllTold = real.isPresent();
            if (real.isPresent() && !real.get().equals(cores)) {
                differences.add("cpuset is " + real.get() + ", wanted " + cores);
            }
        }
        if (memoryBytes > 0) {
            Optional<String> real = read(pid, "memory", "memory.limit_in_bytes", "memory.max");
            isAllTold &= real.isPresent();
            if (real.isPresent() && !real.get().equals(Long.toString(memoryBytes))) {
                differences.add("memory limit is " + real.get() + ", wanted " + memoryBytes);
            }
        }
        if (!differences.isEmpty()) {
            return new Finding.Different(String.join("; ", differences));
        }
        return isAllTold ? new Finding.AsOrdered() : new Finding.NotTold();
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
