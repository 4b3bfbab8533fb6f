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
 *
 * <p>An answer that is given before the body was read says it too, so that a body is read only by who wants it: strangers get their 401 and send the rest for nothing.
 */
final class HangUp implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.beforeSend(() -> {
            if (!request.content().consumed()) {
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
        });
        chain.proceed();
        if (response.isSent() && response.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the answer said that it is the last one");
        }
    }
}
