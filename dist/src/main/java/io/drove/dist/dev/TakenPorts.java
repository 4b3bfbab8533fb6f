package io.drove.dist.dev;

import io.drove.platform.process.PortHolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks before anything starts whether the ports are free. */
final class TakenPorts {
    private TakenPorts() {}

    /** A sentence for each port that cannot be bound on the loopback address, with the process that holds it. */
    static List<String> among(Map<Integer, String> purposes) {
        List<String> taken = new ArrayList<>();
        purposes.forEach((port, purpose) -> {
            if (!isFree(port)) {
                taken.add("port " + port + " (" + purpose + ") is taken by "
                        + PortHolder.of(port)
                                .map(holder -> "process " + holder.pid() + " (" + holder.command() + ")")
                                .orElse("a process that we may not see"));
            }
        });
        return taken;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a port whose last connections are still closing is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
