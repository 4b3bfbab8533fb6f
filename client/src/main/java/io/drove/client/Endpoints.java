package io.drove.client;

import io.drove.client.CallFailedException.Details;
import io.drove.client.CallFailedException.Kind;
import java.net.URI;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Knows which of the controllers leads: the one alone, or the first that answers a ping with 200, asked again after {@link #forget}. */
final class Endpoints {
    private final List<URI> all;
    private final Exchange exchange;
    private @Nullable URI leader;

    Endpoints(List<URI> all, Exchange exchange) {
        this.all = all;
        this.exchange = exchange;
    }

    boolean areSeveral() {
        return all.size() > 1;
    }

    synchronized void forget() {
        leader = null;
    }

    synchronized URI leader() {
        URI known = leader;
        if (known == null) {
            known = areSeveral() ? discover() : all.getFirst();
            leader = known;
        }
        return known;
    }

    private URI discover() {
        StringJoiner found = new StringJoiner("; ");
        boolean anyAnswered = false;
        for (URI endpoint : all) {
            try {
                int status = exchange.call("GET", DroveClient.under(endpoint, "/apis/v1/ping"), null)
                        .status();
                if (status == 200) {
                    return endpoint;
                }
                anyAnswered = true;
                found.add(endpoint + (status == 400 ? " does not lead" : " answers " + status));
                if (status == 401) {
                    // Wrong credentials are wrong everywhere; the call itself will say so.
                    return endpoint;
                }
            } catch (CallFailedException silent) {
                found.add(String.valueOf(silent.getMessage()));
            }
        }
        throw new CallFailedException(
                anyAnswered ? Kind.NO_LEADER : Kind.UNREACHABLE, "no controller leads: " + found, Details.NONE);
    }
}
