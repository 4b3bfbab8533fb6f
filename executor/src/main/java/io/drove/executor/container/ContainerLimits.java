package io.drove.executor.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container may be promised on this machine. Only who has CAP_SYS_RESOURCE can raise a hard limit, up to the kernel's own
 * ceiling; where that is missing (nested machines, for one), a container with a higher limit than ours does not start at all.
 *
 * @param openFiles at the most
 * @param processes at the most; empty leaves it to the engine. Podman orders 1,048,576 by itself, so it is told where that is too many
 */
public record ContainerLimits(int openFiles, OptionalLong processes) {
    private static final Pattern CAPABILITIES = Pattern.compile("CapEff:\\s*([0-9a-f]+)");
    private static final int CAP_SYS_RESOURCE = 24;
    private static final int SETTING_BYTES = 64;

    /** {@code openFiles}, or what this machine allows if that is less; {@code root} is {@code /} for the machine we run on. */
    public static ContainerLimits allowed(Path root, int openFiles) {
        try {
            if (mayRaise(root)) {
                long ceiling = number(root.resolve("proc/sys/fs/nr_open"));
                return new ContainerLimits((int) Math.min(openFiles, ceiling), OptionalLong.empty());
            }
            OptionalLong openFilesMax = hardLimit(root, "Max open files");
            OptionalLong processesMax = hardLimit(root, "Max processes");
            long pids = number(root.resolve("proc/sys/kernel/pid_max"));
            return new ContainerLimits(
                    (int) Math.min(openFiles, openFilesMax.orElse(openFiles)),
                    // Podman lowers its own limit to the number of process ids there are.
                    processesMax.isPresent()
                            ? OptionalLong.of(Math.min(processesMax.getAsLong(), pids))
                            : OptionalLong.empty());
        } catch (IOException | NumberFormatException e) {
            return new ContainerLimits(openFiles, OptionalLong.empty());
        }
    }

    private static boolean mayRaise(Path root) throws IOException {
        Matcher set = CAPABILITIES.matcher(Files.readString(root.resolve("proc/self/status")));
        return set.find() && (Long.parseUnsignedLong(set.group(1), 16) >> CAP_SYS_RESOURCE & 1) == 1;
    }

    private static OptionalLong hardLimit(Path root, String name) throws IOException {
        Matcher hard = Pattern.compile(name + "\\s+\\S+\\s+(\\d+)")
                .matcher(Files.readString(root.resolve("proc/self/limits")));
        return hard.find() ? OptionalLong.of(Long.parseLong(hard.group(1))) : OptionalLong.empty();
    }

    /** A setting of the kernel. It gives one whole to the first read and nothing to a second, and {@code Files.readString} begins with one byte. */
    static long number(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = new byte[SETTING_BYTES];
            int length = in.read(text);
            return Long.parseLong(new String(text, 0, Math.max(0, length), StandardCharsets.US_ASCII).trim());
        }
    }
}
