package io.drove.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/**
 * Lets in only requests for an IP address, for {@code localhost} or for a name of ours; others get 421. For listeners that serve whoever reaches them and rely on being reached by this
 * machine alone: a page of a foreign site, opened in a browser here, reaches them too once the site's name is made to mean 127.0.0.1 (DNS rebinding), and only the name that
 * the browser asks for tells.
 */
final class OwnNames implements Filter {
    private static final String LOCALHOST = "localhost";

    private final Set<String> names;

    /** Names in lower case. */
    OwnNames(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String host = name(request.headers().first(HeaderNames.HOST).orElse(""));
        if (host.equals(LOCALHOST) || host.endsWith("." + LOCALHOST) || names.contains(host) || isAddress(host)) {
            chain.proceed();
        } else {
            ErrorAnswers.envelope(
                    response,
                    Status.MISDIRECTED_REQUEST_421,
                    "Nobody is asked for a password here, so only requests for an IP address, localhost or the configured host name"
                            + " are served, found: " + host);
        }
    }

    /** The host without its port and the dot of the root, in lower case. Names below localhost are this machine everywhere (RFC 6761). */
    private static String name(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            return lower.substring(1, Math.max(1, lower.indexOf(']')));
        }
        int port = lower.lastIndexOf(':');
        String name = port < 0 ? lower : lower.substring(0, port);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean isAddress(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
