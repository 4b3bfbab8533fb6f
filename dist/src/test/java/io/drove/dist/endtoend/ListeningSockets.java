package io.drove.dist.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says of sockets that listen, as {@code ss} reads it. */
final class ListeningSockets {
    private static final String LISTEN = "0A";

    private ListeningSockets() {}

    /** The addresses on which somebody listens on that TCP port. */
    static List<String> on(int port) throws IOException {
        return Stream.concat(lines("/proc/net/tcp"), lines("/proc/net/tcp6"))
                .map(line -> line.strip().split(" +"))
                .filter(fields -> fields[3].equals(LISTEN))
                .map(fields -> fields[1].split(":"))
                .filter(local -> Integer.parseInt(local[1], 16) == port)
                .map(local -> address(local[0]))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> lines(String table) throws IOException {
        Path file = Path.of(table);
        return Files.exists(file) ? Files.readAllLines(file).stream().skip(1) : Stream.empty();
    }

    /** Words of four bytes, each in the order of the machine, which is the little end first. */
    private static String address(String hex) {
        byte[] words = HexFormat.of().parseHex(hex);
        byte[] bytes = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i / 4 * 4 + 3 - i % 4];
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes, " + hex + " has " + bytes.length, e);
        }
    }
}
