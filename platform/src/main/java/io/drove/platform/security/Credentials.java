package io.drove.platform.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user name and a password, as HTTP basic authentication carries them (RFC 7617, in UTF-8). */
public record Credentials(String username, Secret password) {
    private static final String SCHEME = "Basic ";
    private static final int MAX_HEADER = 2_048;

    /** Reads an {@code Authorization} header. Absent, another scheme, too long or malformed in any way: empty. */
    public static Optional<Credentials> parse(@Nullable String header) {
        if (header == null
                || header.length() > MAX_HEADER
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return decode(header.substring(SCHEME.length()).strip()).flatMap(Credentials::split);
    }

    /** The header that {@link #parse} reads. */
    public String header() {
        String pair = username + ":" + password.reveal();
        return SCHEME + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decode(String encoded) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Credentials> split(String pair) {
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(pair.substring(0, colon), new Secret(pair.substring(colon + 1))));
    }
}
