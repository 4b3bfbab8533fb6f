package io.drove.model.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, by copies of one that is never fed: looking for the provider takes longer than the digest of a small value. */
final class Sha256 {
    private static final MessageDigest TEMPLATE = create();

    private Sha256() {}

    /** One that nobody else has. */
    static MessageDigest digest() {
        try {
            return (MessageDigest) TEMPLATE.clone();
        } catch (CloneNotSupportedException e) {
            return create();
        }
    }

    static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
