package io.drove.platform.security;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets that nobody guesses. */
public final class Secrets {
    private static final int BYTES = 32;

    private Secrets() {}

    /** 256 random bits as 43 characters of the URL-safe Base64 alphabet: fit for headers, files and a double click. */
    public static Secret generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
