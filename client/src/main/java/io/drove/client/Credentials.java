package io.drove.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What goes into the {@code Authorization} header. None of them prints its secret. */
public sealed interface Credentials {

    /** The header's value, or empty when none is to be sent. */
    Optional<String> header();

    /** Nothing is sent. */
    record None() implements Credentials {
        @Override
        public Optional<String> header() {
            return Optional.empty();
        }
    }

    /** HTTP basic authentication (RFC 7617), in UTF-8. */
    record Basic(String username, String password) implements Credentials {
        @Override
        public Optional<String> header() {
            byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }

        @Override
        public String toString() {
            return "Basic[username=" + username + ", password=***]";
        }
    }

    /** A header value sent as it is. */
    record Header(String value) implements Credentials {
        @Override
        public Optional<String> header() {
            return Optional.of(value);
        }

        @Override
        public String toString() {
            return "Header[***]";
        }
    }
}
