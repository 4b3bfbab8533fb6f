package io.drove.dist.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds ports that are taken, and the process that holds each, from Linux's /proc. */
final class PortHolder {
    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** A sentence for each port that cannot be bound on the loopback address. */
    static List<String> taken(Map<Integer, String> purposes) {
        List<String> taken = new ArrayList<>();
        purposes.forEach((port, purpose) -> {
            if (!isFree(port)) {
                taken.add("port " + port + " (" + purpose + ") is taken by "
                        + holder(port).orElse("a process of another user"));
            }
        });
        return taken;
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a port whose last connections are still closing is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** "process 4711 (java -cp …)", if this user may see it. */
    static Optional<String> holder(int port) {
        Set<String> sockets = new TreeSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            sockets.addAll(socketsListeningOn(port, Path.of(table)));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holdsOneOf(process.pid(), sockets))
                .findFirst()
                .map(PortHolder::describe);
    }

    private static List<String> socketsListeningOn(int port, Path table) {
        List<String> sockets = new ArrayList<>();
        String wanted = ":" + HexFormat.of().withUpperCase().toHexDigits((short) port);
        try {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[1].endsWith(wanted) && fields[3].equals(LISTENING)) {
                    sockets.add("socket:[" + fields[9] + "]");
                }
            }
        } catch (IOException e) {
            // Not Linux, or hidden from us: the holder stays unnamed.
            return List.of();
        }
        return sockets;
    }

    private static boolean holdsOneOf(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return false;
        }
    }

    private static String describe(ProcessHandle process) {
        String command;
        try {
            command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            command = process.info().command().orElse("");
        }
        String shown = command.length() > 120 ? command.substring(0, 120) + "…" : command;
        return "process " + process.pid() + (shown.isEmpty() ? "" : " (" + shown + ")");
    }
}
