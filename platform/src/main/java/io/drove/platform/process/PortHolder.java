package io.drove.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The process that listens on a TCP port.
 *
 * @param command its command line, shortened
 */
public record PortHolder(long pid, String command) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int MAX_COMMAND = 120;

    /** Who listens on {@code port}, as far as Linux tells us: other users' processes are seen by root alone. */
    public static Optional<PortHolder> of(int port) {
        return of(port, PROC);
    }

    static Optional<PortHolder> of(int port, Path proc) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            sockets.addAll(listeningSockets(proc.resolve(table), port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return processes(proc).stream()
                .filter(process -> holdsAny(process, sockets))
                .findFirst()
                .map(process ->
                        new PortHolder(Long.parseLong(process.getFileName().toString()), command(process)));
    }

    /** Links such as {@code socket:[12345]}, as a process's open files show them. */
    private static List<String> listeningSockets(Path table, int port) {
        String wanted = String.format(Locale.ROOT, ":%04X", port);
        List<String> sockets = new ArrayList<>();
        for (String line : lines(table)) {
            // sl, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode
            String[] columns = line.strip().split("\\s+");
            if (columns.length > 9 && columns[1].endsWith(wanted) && columns[3].equals(LISTENING)) {
                sockets.add("socket:[" + columns[9] + "]");
            }
        }
        return sockets;
    }

    private static List<Path> processes(Path proc) {
        List<Path> processes = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            entries.forEach(processes::add);
        } catch (IOException e) {
            return List.of();
        }
        processes.sort(null);
        return processes;
    }

    private static boolean holdsAny(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)
                        && sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            // Not ours to look into, or it ended meanwhile.
            return false;
        }
        return false;
    }

    private static String command(Path process) {
        try {
            String line = new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
            return line.length() <= MAX_COMMAND ? line : line.substring(0, MAX_COMMAND) + "…";
        } catch (IOException e) {
            return "?";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
