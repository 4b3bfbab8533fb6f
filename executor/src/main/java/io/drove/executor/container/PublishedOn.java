package io.drove.executor.container;

import java.net.InetAddress;
import java.util.List;

/**
 * Where the host ports of containers are open. Loopback is always among it: checks of the executor go there.
 *
 * @param addresses as the engine's {@code HostIp} takes them; empty text is every address of the machine
 */
public record PublishedOn(List<String> addresses) {
    private static final String LOOPBACK = "127.0.0.1";

    public static final PublishedOn EVERYWHERE = new PublishedOn(List.of(""));

    public PublishedOn {
        addresses = List.copyOf(addresses);
    }

    /** An address of this machine: that one and loopback; a wildcard is every address, of both families. */
    public static PublishedOn of(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return EVERYWHERE;
        }
        String text = address.getHostAddress();
        return new PublishedOn(text.equals(LOOPBACK) ? List.of(LOOPBACK) : List.of(LOOPBACK, text));
    }
}
