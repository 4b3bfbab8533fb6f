package io.drove.executor.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many open files a container may be promised on this machine. Only who has CAP_SYS_RESOURCE can raise a hard limit, up to the kernel's own
 * ceiling; where that is missing (nested machines, for one), a container with a higher limit than ours does not start at all.
 */
public final class OpenFilesLimit {
    private static final Pattern HARD = Pattern.compile("Max open files\\s+\\S+\\s+(\\d+)");
    private static final Pattern CAPABILITIES = Pattern.compile("CapEff:\\s*([0-9a-f]+)");
    private static final int CAP_SYS_RESOURCE = 24;

    private OpenFilesLimit() {}

    /** {@code wanted}, or what this machine allows if that is less; {@code root} is {@code /} for the machine we run on. */
    public static int allowed(Path root, int wanted) {
        try {
            long allowed = mayRaise(root)
                    ? Long.parseLong(Files.readString(root.resolve("proc/sys/fs/nr_open"))
                            .trim())
                    : hardLimit(root, wanted);
            return (int) Math.min(wanted, allowed);
        } catch (IOException | NumberFormatException e) {
            return wanted;
        }
    }

    private static boolean mayRaise(Path root) throws IOException {
        Matcher set = CAPABILITIES.matcher(Files.readString(root.resolve("proc/self/status")));
        return set.find() && (Long.parseUnsignedLong(set.group(1), 16) >> CAP_SYS_RESOURCE & 1) == 1;
    }

    private static long hardLimit(Path root, int wanted) throws IOException {
        Matcher hard = HARD.matcher(Files.readString(root.resolve("proc/self/limits")));
        return hard.find() ? Long.parseLong(hard.group(1)) : wanted;
    }
}
