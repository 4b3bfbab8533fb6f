package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Names a spec by its content: equal specs have equal digests, in whatever order their maps were written. */
public final class SpecDigest {
    private static final int BYTES = 16;
    private static final JsonMapper CANONICAL = InternalCodec.configure(JsonMapper.builder())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private SpecDigest() {}

    /** The first 128 bits of the SHA-256 of the spec's canonical JSON, as 32 hexadecimal digits. */
    public static String of(AppSpec spec) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(CANONICAL.writeValueAsBytes(spec));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
