package io.drove.executor.inventory;

import io.drove.model.resource.CoreSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads the kernel's description of the machine (sysfs, Documentation/ABI/stable/sysfs-devices-node). */
final class Topology {
    private static final Pattern NODE = Pattern.compile("node(\\d+)");
    private static final Pattern MEM_TOTAL = Pattern.compile("MemTotal:\\s+(\\d+) kB");

    private final Path root;

    Topology(Path root) {
        this.root = root;
    }

    /** The NUMA nodes in ascending order; a machine that tells of none is one node. Nodes without cores and memory are left out. */
    List<PhysicalNode> nodes() {
        CoreSet online = online();
        List<PhysicalNode> nodes = new ArrayList<>();
        Path directory = root.resolve("sys/devices/system/node");
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "node[0-9]*")) {
                for (Path entry : entries) {
                    Matcher name = NODE.matcher(entry.getFileName().toString());
                    if (name.matches()) {
                        CoreSet cores = intersection(cores(read(entry.resolve("cpulist"))), online);
                        nodes.add(new PhysicalNode(
                                Integer.parseInt(name.group(1)), cores, memoryInMb(read(entry.resolve("meminfo")))));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + directory, e);
            }
        }
        nodes.removeIf(node -> node.cores().size() == 0 && node.memoryInMb() == 0);
        nodes.sort(Comparator.comparingInt(PhysicalNode::id));
        return nodes.isEmpty()
                ? List.of(new PhysicalNode(0, online, memoryInMb(read(root.resolve("proc/meminfo")))))
                : List.copyOf(nodes);
    }

    /** Cores that are switched on; one that was unplugged is still listed by its node on some kernels. */
    private CoreSet online() {
        return cores(read(root.resolve("sys/devices/system/cpu/online")));
    }

    private static CoreSet intersection(CoreSet some, CoreSet others) {
        return CoreSet.of(some.stream().filter(others::contains).toArray());
    }

    /** The kernel's list format: {@code 0-3,8,10-11}; empty for none. */
    static CoreSet cores(String list) {
        IntStream ids = IntStream.empty();
        for (String part : list.trim().split(",")) {
            if (part.isEmpty()) {
                continue;
            }
            String[] ends = part.split("-", 2);
            int first = Integer.parseInt(ends[0].trim());
            int last = ends.length == 1 ? first : Integer.parseInt(ends[1].trim());
            ids = IntStream.concat(ids, IntStream.rangeClosed(first, last));
        }
        return CoreSet.of(ids.toArray());
    }

    private static long memoryInMb(String meminfo) {
        Matcher total = MEM_TOTAL.matcher(meminfo);
        return total.find() ? Long.parseLong(total.group(1)) / 1024 : 0;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " to learn about the machine", e);
        }
    }
}
