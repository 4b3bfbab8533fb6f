package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.id.AppId;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
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
 * Specs as Smile, for the journal and for sessions: whole, or as what a spec has that the one before it has not. They are put together of the bytes of their fields, which many specs have in
 * common: names do not refer to names before them, so that a value is written the same wherever it stands. What was found out about those that were sent last is kept. Bounded; thread-safe.
 */
public final class SpecBytes {
    private static final int DIGEST_BYTES = 16;
    private static final int HEADER_BYTES = 4;
    private static final int BYTES_USUAL = 1 << 10;
    /** What stands where the record has the id. */
    private static final String NAME = "name";

    static final SmileMapper MAPPER =
            SessionCodec.smile().disable(SmileWriteFeature.CHECK_SHARED_NAMES).build();
    /** With which all that is written here begins; it says that no name or text refers to one before it. */
    static final byte[] HEADER = Arrays.copyOf(MAPPER.writeValueAsBytes(Map.of()), HEADER_BYTES);

    /** With what is written, in its order. */
    static final Constructor<AppSpec> CONSTRUCTOR = constructor();

    /** Read by methods that are named, not by reflection: a spec that is written has all of them read twice. */
    static final List<Field> FIELDS = fields(List.of(
            AppSpec::name,
            AppSpec::version,
            AppSpec::executable,
            AppSpec::exposedPorts,
            AppSpec::volumes,
            AppSpec::configs,
            AppSpec::type,
            AppSpec::logging,
            AppSpec::resources,
            AppSpec::placementPolicy,
            AppSpec::healthcheck,
            AppSpec::readiness,
            AppSpec::tags,
            AppSpec::env,
            AppSpec::args,
            AppSpec::devices,
            AppSpec::exposureSpec,
            AppSpec::preShutdown,
            AppSpec::userSpec,
            AppSpec::placementPreferences));

    private static final ObjectReader READER = MAPPER.readerFor(AppSpec.class);
    private static final ValueBytes VALUES = new ValueBytes();
    private static final Kept<AppId, Known> KNOWN = new Kept<>();

    /** What is known of a spec that was asked for. Two threads may find it out at once; it is equal. */
    private static final class Known {
        private final AppSpec spec;
        private volatile byte @Nullable [] whole;
        private volatile @Nullable String digest;
        private volatile boolean wasSent;
        private volatile boolean isTooLargeToKeep;

        private Known(AppSpec spec) {
            this.spec = spec;
        }
    }

    /**
     * A spec as it is sent.
     *
     * @param bytes as {@link #written} gives them, not to be changed
     * @param isDifference from the spec before it; else it is the whole
     */
    record Sent(byte[] bytes, boolean isDifference) {}

    /**
     * What is written of a spec: a component of the record, or the name.
     *
     * @param start what comes before its value
     */
    record Field(
            String name,
            Function<AppSpec, @Nullable Object> of,
            boolean isNullable,
            byte[] start,
            ObjectWriter writer,
            ObjectReader reader) {
        private static Field of(String name, Type generic, boolean isNullable, Function<AppSpec, @Nullable Object> of) {
            byte[] object = withoutHeader(MAPPER.writeValueAsBytes(Map.of(name, 0)));
            JavaType type = MAPPER.constructType(generic);
            return new Field(
                    name,
                    of,
                    isNullable,
                    Arrays.copyOfRange(object, 1, object.length - 2),
                    MAPPER.writerFor(type),
                    // More of the spec follows.
                    MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
        }

        void write(@Nullable Object value, SmileGenerator out) {
            out.writeBytes(start, 0, start.length);
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
            digest.update((byte) kind);
            for (int shift = 24; shift >= 0; shift -= 8) {
                digest.update((byte) (bytes.length >> shift));
            }
            digest.update(bytes);
        }

        private byte[] writtenAnew(Object value) {
            return withoutHeader(writer.writeValueAsBytes(value));
        }

        @Nullable
        Object value(AppSpec spec) {
            return of.apply(spec);
        }
    }

    private SpecBytes() {}

    /**
     * What to send. The first who is sent a spec gets its difference, since most specs of a cluster of many apps go to one executor. Those after it get the whole, which is written once for all
     * of them, unless it has more than 64 KiB.
     *
     * @param before the spec that was sent to the same one before it, or null
     */
    static Sent sent(AppSpec spec, @Nullable AppSpec before) {
        Known known = known(spec);
        byte[] whole = known.whole;
        if (whole != null) {
            return new Sent(whole, false);
        }
        boolean isSuited = !known.wasSent || known.isTooLargeToKeep;
        known.wasSent = true;
        if (before != null && isSuited) {
            return new Sent(written(spec, before), true);
        }
        byte[] bytes = written(spec, null);
        if (bytes.length <= Kept.BYTES_MAX) {
            known.whole = bytes;
        } else {
            known.isTooLargeToKeep = true;
        }
        return new Sent(bytes, false);
    }

    /**
     * The spec as Smile with the names of its fields.
     *
     * @param before whom the reader knows, or null: then there are only fields whose values are other objects than this one's, or other texts, and null for what this one has and the spec has not
     */
    public static byte[] written(AppSpec spec, @Nullable AppSpec before) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_USUAL);
        // To the generator these are values of no object, each by itself; their names are bytes that it does not know.
        try (SmileGenerator out = (SmileGenerator) MAPPER.createGenerator(bytes)) {
            out.writeRaw(SmileConstants.TOKEN_LITERAL_START_OBJECT);
            for (Field field : FIELDS) {
                Object value = field.value(spec);
                if (!isSame(value, before == null ? null : field.value(before))) {
                    field.write(value, out);
                }
            }
            out.writeRaw(SmileConstants.TOKEN_LITERAL_END_OBJECT);
        }
        return bytes.toByteArray();
    }

    // Equal objects may be written in another order, so only the very object is the same. Texts are compared: names are
    // made each time.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(@Nullable Object value, @Nullable Object before) {
        return value == before || (value instanceof String && value.equals(before));
    }

    /**
     * Names a spec: the first 128 bits, as 32 hexadecimal digits, of a SHA-256 over its fields in order, texts and exposures by their bytes, other values by the SHA-256 of theirs. What is written
     * the same has the same.
     */
    public static String digest(AppSpec spec) {
        Known known = known(spec);
        String before = known.digest;
        if (before != null) {
            return before;
        }
        MessageDigest digest = Sha256.digest();
        for (Field field : FIELDS) {
            field.addTo(digest, field.value(spec));
        }
        String digits = HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
        known.digest = digits;
        return digits;
    }

    /**
     * Reads what was written; what is equal in many specs is held once.
     *
     * @param before the spec that the writer took as the one before it
     * @throws JacksonException for bytes that are no spec
     */
    public static AppSpec read(byte[] bytes, @Nullable AppSpec before) {
        if (before != null) {
            return SpecReader.read(bytes, before);
        }
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

    /** In the order of the constructor. */
    private static List<Field> fields(List<Function<AppSpec, @Nullable Object>> values) {
        RecordComponent[] components = AppSpec.class.getRecordComponents();
        Type[] types = CONSTRUCTOR.getGenericParameterTypes();
        return IntStream.range(0, types.length)
                .mapToObj(i -> Field.of(
                        i == 0 ? NAME : components[i].getName(),
                        types[i],
                        RecordIntrospector.isNullable(components[i]),
                        values.get(i)))
                .toList();
    }

    private static Constructor<AppSpec> constructor() {
        Class<?>[] types = Stream.of(AppSpec.class.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        types[0] = String.class;
        try {
            return AppSpec.class.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a spec can be made of its name and all components but its id", e);
        }
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
    private static Known known(AppSpec spec) {
        AppId id = spec.id();
        Known known = KNOWN.get(id);
        if (known != null && known.spec == spec) {
            return known;
        }
        Known anew = new Known(spec);
        KNOWN.put(id, anew);
        return anew;
    }
}
