package io.drove.model.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 without looking for who provides it each time. */
final class Sha256 {
    private static final MessageDigest UNUSED = unused();

    private Sha256() {}

    /** One that nobody else has. */
    static MessageDigest digest() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            return unused();
        }
    }

    static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
