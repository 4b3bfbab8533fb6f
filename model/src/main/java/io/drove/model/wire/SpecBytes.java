package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import io.drove.model.id.AppId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.dataformat.smile.SmileMapper;

/**
 * Specs as Smile, the same bytes for the journal and for every session: whoever asks first has them written, and those that were asked for last are kept. Bounded;
 * thread-safe.
 */
public final class SpecBytes {
    private static final int DIGEST_BYTES = 16;

    private static final SmileMapper MAPPER = SessionCodec.smile().build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(AppSpec.class);
    private static final ObjectReader READER = MAPPER.readerFor(AppSpec.class);
    private static final Kept<AppId, Written> KEPT = new Kept<>();

    /** Without the bytes when they are too many to be kept; the digest is asked for with each start. */
    private record Written(AppSpec spec, byte @Nullable [] bytes, String digest) {}

    private SpecBytes() {}

    /** The spec's bytes; not to be changed. */
    public static byte[] of(AppSpec spec) {
        Written known = known(spec);
        byte[] bytes = known == null ? null : known.bytes();
        if (bytes == null) {
            bytes = WRITER.writeValueAsBytes(spec);
            keep(spec, bytes);
        }
        return bytes;
    }

    /** The same for whoever goes through all specs: these bytes are not kept, and push none of the others out. */
    public static byte[] ofOneOfAll(AppSpec spec) {
        Written known = known(spec);
        byte[] bytes = known == null ? null : known.bytes();
        return bytes == null ? WRITER.writeValueAsBytes(spec) : bytes;
    }

    /** Names a spec by its bytes: the first 128 bits of their SHA-256, as 32 hexadecimal digits. */
    public static String digest(AppSpec spec) {
        Written known = known(spec);
        return known == null ? keep(spec, WRITER.writeValueAsBytes(spec)).digest() : known.digest();
    }

    /**
     * Reads what {@link #of} wrote; what is equal in many specs is held once.
     *
     * @throws JacksonException for bytes that are no spec
     */
    public static AppSpec read(byte[] bytes) {
        AppSpec spec = READER.readValue(bytes);
        if (spec == null) {
            throw MismatchedInputException.from(null, AppSpec.class, "a spec must not be null");
        }
        return SpecParts.shared(spec);
    }

    // The very object: comparing specs would cost as much as writing them.
    @SuppressWarnings("ReferenceEquality")
    private static @Nullable Written known(AppSpec spec) {
        Written known = KEPT.get(spec.id());
        return known != null && known.spec() == spec ? known : null;
    }

    private static Written keep(AppSpec spec, byte[] bytes) {
        Written written = new Written(spec, bytes.length > Kept.BYTES_MAX ? null : bytes, digest(bytes));
        KEPT.put(spec.id(), written);
        return written;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
