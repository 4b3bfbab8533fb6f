package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.id.AppId;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.dataformat.smile.SmileConstants;
import tools.jackson.dataformat.smile.SmileGenerator;
import tools.jackson.dataformat.smile.SmileMapper;
import tools.jackson.dataformat.smile.SmileWriteFeature;

/**
 * Specs as Smile, the same bytes for the journal and for every session: whoever asks first has them written, and those that were asked for last are kept. They are put together of the bytes of
 * their fields, which many specs have in common: names do not refer to names before them, so that a value is written the same wherever it stands. Bounded; thread-safe.
 */
public final class SpecBytes {
    private static final int DIGEST_BYTES = 16;
    private static final int HEADER_BYTES = 4;
    private static final int BYTES_USUAL = 1 << 10;

    static final SmileMapper MAPPER =
            SessionCodec.smile().disable(SmileWriteFeature.CHECK_SHARED_NAMES).build();
    /** With which all that is written here begins; it says that no name or text refers to one before it. */
    static final byte[] HEADER = Arrays.copyOf(MAPPER.writeValueAsBytes(Map.of()), HEADER_BYTES);

    static final List<Field> FIELDS =
            Stream.of(AppSpec.class.getRecordComponents()).map(Field::of).toList();
    private static final ObjectReader READER = MAPPER.readerFor(AppSpec.class);
    private static final ValueBytes VALUES = new ValueBytes();
    private static final Kept<AppId, Written> KEPT = new Kept<>();

    /** What was asked for of a spec: without bytes that are too many to be kept. Whoever makes something of it makes the same. */
    private static final class Written {
        private final AppSpec spec;
        private volatile byte @Nullable [] bytes;
        private volatile @Nullable String digest;
        private volatile @Nullable Like like;

        private Written(AppSpec spec) {
            this.spec = spec;
        }
    }

    private record Like(AppSpec before, byte[] bytes) {}

    /** A component of the record; what comes before its value. */
    record Field(RecordComponent component, byte[] name, ObjectWriter writer, ObjectReader reader) {
        static Field of(RecordComponent component) {
            byte[] object = withoutHeader(MAPPER.writeValueAsBytes(Map.of(component.getName(), 0)));
            JavaType type = MAPPER.constructType(component.getGenericType());
            return new Field(
                    component,
                    Arrays.copyOfRange(object, 1, object.length - 2),
                    MAPPER.writerFor(type),
                    // More of the spec follows.
                    MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
        }

        void write(@Nullable Object value, SmileGenerator out) {
            out.writeBytes(name, 0, name.length);
            switch (value) {
                case null -> out.writeNull();
                case String text -> out.writeString(text);
                // Of each spec its own, as a rule.
                case ExposureSpec exposure -> writer.writeValue(out, exposure);
                default -> {
                    byte[] bytes = VALUES.of(value, this::writtenAnew);
                    out.writeBytes(bytes, 0, bytes.length);
                }
            }
        }

        /** So that no two different values add the same. */
        private void addTo(MessageDigest digest, @Nullable Object value) {
            switch (value) {
                case null -> digest.update((byte) 0);
                case String text -> addTo(digest, 1, text.getBytes(UTF_8));
                case ExposureSpec exposure -> addTo(digest, 1, writtenAnew(exposure));
                default -> addTo(digest, 2, VALUES.digestOf(value, this::writtenAnew));
            }
        }

        private static void addTo(MessageDigest digest, int kind, byte[] bytes) {
            digest.update(ByteBuffer.allocate(1 + Integer.BYTES)
                    .put((byte) kind)
                    .putInt(bytes.length)
                    .flip());
            digest.update(bytes);
        }

        private byte[] writtenAnew(Object value) {
            return withoutHeader(writer.writeValueAsBytes(value));
        }

        boolean isNullable() {
            return RecordIntrospector.isNullable(component);
        }

        @Nullable
        Object value(AppSpec spec) {
            try {
                return component.getAccessor().invoke(spec);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the components of a public record can be read", e);
            }
        }
    }

    private SpecBytes() {}

    /** The spec's bytes; not to be changed. */
    public static byte[] of(AppSpec spec) {
        Written kept = kept(spec);
        byte[] known = kept.bytes;
        if (known != null) {
            return known;
        }
        byte[] bytes = ofOneOfAll(spec);
        if (bytes.length <= Kept.BYTES_MAX) {
            kept.bytes = bytes;
        }
        return bytes;
    }

    /** The same for whoever goes through all specs: these bytes are not kept, and push none of the others out. */
    public static byte[] ofOneOfAll(AppSpec spec) {
        return written(spec, null);
    }

    /**
     * Only what the spec has that the one before it has not, by the very objects: all of it but for equal parts that both have in common. Not to be changed. Those who are told the same
     * specs one after the other have them written once.
     */
    // The very object: comparing specs would cost as much as writing them.
    @SuppressWarnings("ReferenceEquality")
    public static byte[] like(AppSpec before, AppSpec spec) {
        Written kept = kept(spec);
        Like known = kept.like;
        if (known != null && known.before() == before) {
            return known.bytes();
        }
        byte[] bytes = likeOneOfAll(before, spec);
        if (bytes.length <= Kept.BYTES_MAX) {
            kept.like = new Like(before, bytes);
        }
        return bytes;
    }

    /** The same for whoever goes through all specs. */
    public static byte[] likeOneOfAll(AppSpec before, AppSpec spec) {
        return written(spec, before);
    }

    /** Names a spec by its content: the first 128 bits of the SHA-256 of its fields, or of theirs, as 32 hexadecimal digits. */
    public static String digest(AppSpec spec) {
        Written kept = kept(spec);
        String known = kept.digest;
        if (known != null) {
            return known;
        }
        MessageDigest digest = Sha256.digest();
        for (Field field : FIELDS) {
            field.addTo(digest, field.value(spec));
        }
        String digits = HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
        kept.digest = digits;
        return digits;
    }

    /**
     * Reads what {@link #of} wrote; what is equal in many specs is held once.
     *
     * @throws JacksonException for bytes that are no spec
     */
    public static AppSpec read(byte[] bytes) {
        AppSpec known = SpecReader.read(bytes);
        if (known != null) {
            return known;
        }
        AppSpec spec = READER.readValue(bytes);
        if (spec == null) {
            throw MismatchedInputException.from(null, AppSpec.class, "a spec must not be null");
        }
        return SpecParts.shared(spec);
    }

    /**
     * Reads what {@link #like} wrote.
     *
     * @param before the spec to which it was written
     * @throws JacksonException for bytes that tell of no spec
     */
    public static AppSpec read(byte[] bytes, AppSpec before) {
        return SpecReader.read(bytes, before);
    }

    // The very objects: equal ones may be written in another order.
    @SuppressWarnings("ReferenceEquality")
    private static byte[] written(AppSpec spec, @Nullable AppSpec before) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_USUAL);
        // To the generator these are values of no object, each by itself; their names are bytes that it does not know.
        try (SmileGenerator out = (SmileGenerator) MAPPER.createGenerator(bytes)) {
            out.writeRaw(SmileConstants.TOKEN_LITERAL_START_OBJECT);
            for (Field field : FIELDS) {
                Object value = field.value(spec);
                if (value != (before == null ? null : field.value(before))) {
                    field.write(value, out);
                }
            }
            out.writeRaw(SmileConstants.TOKEN_LITERAL_END_OBJECT);
        }
        return bytes.toByteArray();
    }

    /** A part of a document, as a document of its own. */
    static byte[] withHeader(byte[] document, int from, int to) {
        byte[] whole = Arrays.copyOf(HEADER, HEADER_BYTES + to - from);
        System.arraycopy(document, from, whole, HEADER_BYTES, to - from);
        return whole;
    }

    private static byte[] withoutHeader(byte[] document) {
        return Arrays.copyOfRange(document, HEADER_BYTES, document.length);
    }

    // The very object: comparing specs would cost as much as writing them.
    @SuppressWarnings("ReferenceEquality")
    private static Written kept(AppSpec spec) {
        AppId id = spec.id();
        Written known = KEPT.get(id);
        if (known != null && known.spec == spec) {
            return known;
        }
        Written anew = new Written(spec);
        KEPT.put(id, anew);
        return anew;
    }
}
