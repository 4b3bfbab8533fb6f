package io.drove.platform.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Ends the connection after each answer that says {@code Connection: close}; Helidon only says it and reads on. What follows such an answer is not a request: after a 413
 * it is the rest of the refused body, in which a client could hide requests from a proxy that checks them.
 */
final class HangUp implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        chain.proceed();
        if (response.isSent() && response.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the answer said that it is the last one");
        }
    }
}
