package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads specs whose values came before, as those of most specs did: a value whose bytes are known is taken as it was read last. Of a document with another header than {@link SpecBytes} writes
 * equal bytes may mean different things, since names refer to names before them; and a value is read for the first time by a parser of its own, which knows of nothing before it. Whatever is odd is
 * left to the plain reader. Bounded: a few megabytes at most; thread-safe.
 */
final class SpecReader {
    /** Of each spec its own, or secret: these are never remembered. */
    private static final Set<String> OWN = Set.of("name", "version", "env", "configs", "exposureSpec");

    private static final List<SpecBytes.Field> FIELDS = SpecBytes.FIELDS;
    private static final Map<String, Integer> POSITIONS = IntStream.range(0, FIELDS.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(i -> FIELDS.get(i).component().getName(), Function.identity()));
    private static final Constructor<AppSpec> CONSTRUCTOR = constructor();
    static final KnownBytes<Object> KNOWN = new KnownBytes<>(1 << 9);

    private final byte[] document;
    private final @Nullable Object[] values = new @Nullable Object[FIELDS.size()];
    private final List<ReadAnew> anew = new ArrayList<>();

    private record ReadAnew(SpecBytes.Field field, KnownBytes.Key key) {}

    private SpecReader(byte[] document) {
        this.document = document;
    }

    /** The spec, or null if the plain reader has to look at it. */
    static @Nullable AppSpec read(byte[] document) {
        int header = SpecBytes.HEADER.length;
        return Arrays.equals(SpecBytes.HEADER, 0, header, document, 0, Math.min(header, document.length))
                ? new SpecReader(document).read()
                : null;
    }

    private @Nullable AppSpec read() {
        try (JsonParser in = SpecBytes.MAPPER.createParser(document)) {
            if (!hasAllValues(in)) {
                return null;
            }
            AppSpec spec = SpecParts.shared(CONSTRUCTOR.newInstance(values));
            for (ReadAnew value : anew) {
                Object part = value.field().value(spec);
                if (part != null) {
                    KNOWN.add(value.key(), part);
                }
            }
            return spec;
        } catch (JacksonException | ReflectiveOperationException odd) {
            return null;
        }
    }

    private boolean hasAllValues(JsonParser in) {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            Integer position = POSITIONS.get(name);
            if (position == null || values[position] != null) {
                return false;
            }
            values[position] = value(FIELDS.get(position), in);
            if (values[position] == null) {
                return false;
            }
        }
        return in.currentToken() == JsonToken.END_OBJECT
                && in.nextToken() == null
                && IntStream.range(0, values.length)
                        .allMatch(i -> values[i] != null || FIELDS.get(i).isNullable());
    }

    private @Nullable Object value(SpecBytes.Field field, JsonParser in) {
        int from = offset(in);
        JsonToken token = in.nextToken();
        if (token == null) {
            return null;
        }
        // Where a scalar ends the parser does not know before it has read on.
        if (!token.isStructStart() || OWN.contains(field.component().getName())) {
            return field.reader().readValue(in);
        }
        in.skipChildren();
        int to = offset(in);
        if (to - from > KnownBytes.BYTES_MAX) {
            return readAnew(field, from, to);
        }
        KnownBytes.Key key = new KnownBytes.Key(field.component().getName(), Arrays.copyOfRange(document, from, to));
        Object known = KNOWN.find(key);
        if (known != null) {
            return known;
        }
        anew.add(new ReadAnew(field, key));
        return readAnew(field, from, to);
    }

    /** By itself: what refers to something before it is not understood, and so never remembered. */
    private @Nullable Object readAnew(SpecBytes.Field field, int from, int to) {
        try (JsonParser in = SpecBytes.MAPPER.createParser(SpecBytes.withHeader(document, from, to))) {
            return field.reader().readValue(in);
        }
    }

    private static int offset(JsonParser in) {
        return Math.toIntExact(in.currentLocation().getByteOffset());
    }

    private static Constructor<AppSpec> constructor() {
        try {
            return AppSpec.class.getDeclaredConstructor(Stream.of(AppSpec.class.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor", e);
        }
    }
}
