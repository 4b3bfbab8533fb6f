package io.drove.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to reach a cluster.
 *
 * @param endpoints base addresses of its controllers, tried in this order; with one alone nobody asks who leads
 * @param insecure whether any TLS certificate and host name is accepted
 * @param connectTimeout for one TCP connection
 * @param readTimeout for one answer, from the request sent to its last byte; downloads only bound the silence between two reads by it
 */
public record Connection(
        List<URI> endpoints, Credentials credentials, boolean insecure, Duration connectTimeout, Duration readTimeout) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    public Connection {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("a connection needs at least one endpoint");
        }
    }

    /** A connection with verified certificates and the default timeouts of 3 and 30 seconds. */
    public static Connection to(List<URI> endpoints, Credentials credentials) {
        return new Connection(endpoints, credentials, false, CONNECT_TIMEOUT, READ_TIMEOUT);
    }

    /** The same, accepting any certificate. */
    public Connection withoutVerification() {
        return new Connection(endpoints, credentials, true, connectTimeout, readTimeout);
    }

    /** The same with other timeouts. */
    public Connection withTimeouts(Duration connect, Duration read) {
        return new Connection(endpoints, credentials, insecure, connect, read);
    }
}
