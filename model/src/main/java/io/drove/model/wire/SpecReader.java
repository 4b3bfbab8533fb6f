package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads specs whose values came before, as those of most specs did: a value whose bytes are known is taken as it was read last, and one that is not in the document is that of the spec before
 * it. Of a document with another header than {@link SpecBytes} writes equal bytes may mean different things, since names refer to names before them; and a value is read for the first time by a
 * parser of its own, which knows of nothing before it. Of a whole spec, whatever is odd is left to the plain reader. Bounded: a few megabytes at most; thread-safe.
 */
final class SpecReader {
    /** Of each spec its own, or secret: these are never remembered. */
    private static final Set<String> OWN = Set.of("name", "version", "env", "configs", "exposureSpec");

    private static final List<SpecBytes.Field> FIELDS = SpecBytes.FIELDS;
    private static final Map<String, Integer> POSITIONS = IntStream.range(0, FIELDS.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(i -> FIELDS.get(i).name(), Function.identity()));
    static final KnownBytes<Object> KNOWN = new KnownBytes<>(1 << 9);

    private final byte[] document;
    private final @Nullable AppSpec before;
    private final @Nullable Object[] values = new @Nullable Object[FIELDS.size()];
    private final boolean[] isTold = new boolean[FIELDS.size()];
    private final List<Found> found = new ArrayList<>();

    /**
     * A value that is looked for by its bytes.
     *
     * @param known what was found; null when it was read anew
     */
    private record Found(
            SpecBytes.Field field,
            KnownBytes.Key key,
            @Nullable Object known) {}

    private SpecReader(byte[] document, @Nullable AppSpec before) {
        this.document = document;
        this.before = before;
    }

    /** The spec, or null if the plain reader has to look at it. */
    static @Nullable AppSpec read(byte[] document) {
        try {
            return new SpecReader(document, null).read();
        } catch (JacksonException odd) {
            return null;
        }
    }

    /**
     * The spec of which the document only tells what the one before it has not.
     *
     * @throws JacksonException for bytes that tell no such thing
     */
    static AppSpec read(byte[] document, AppSpec before) {
        AppSpec spec = new SpecReader(document, before).read();
        if (spec == null) {
            throw MismatchedInputException.from(
                    null, AppSpec.class, "what a spec has that the one before it has not cannot be understood");
        }
        return spec;
    }

    private @Nullable AppSpec read() {
        int header = SpecBytes.HEADER.length;
        if (!Arrays.equals(SpecBytes.HEADER, 0, header, document, 0, Math.min(header, document.length))) {
            return null;
        }
        try (JsonParser in = SpecBytes.MAPPER.createParser(document)) {
            if (!hasAllValues(in)) {
                return null;
            }
        }
        AppSpec spec = SpecParts.shared(made());
        remember(spec);
        return spec;
    }

    /** The objects that {@link SpecParts} holds: equal ones would be looked for by their hash each time. */
    @SuppressWarnings("ReferenceEquality")
    private void remember(AppSpec spec) {
        for (Found value : found) {
            Object part = value.field().value(spec);
            if (part != null && part != value.known()) {
                KNOWN.add(value.key(), part);
            }
        }
    }

    private AppSpec made() {
        try {
            return SpecBytes.CONSTRUCTOR.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw MismatchedInputException.from(null, AppSpec.class, "a spec cannot be made of its values: " + e);
        }
    }

    private boolean hasAllValues(JsonParser in) {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            Integer position = POSITIONS.get(name);
            if (position == null || isTold[position]) {
                return false;
            }
            SpecBytes.Field field = FIELDS.get(position);
            isTold[position] = true;
            values[position] = value(field, in);
            if (values[position] == null && !(before != null && field.isNullable())) {
                return false;
            }
        }
        // Where another document begins the parser sees an end, too.
        return in.currentToken() == JsonToken.END_OBJECT
                && in.nextToken() == null
                && offset(in) == document.length
                && hasTheOthers();
    }

    /** What is not told is as before. */
    private boolean hasTheOthers() {
        for (int i = 0; i < values.length; i++) {
            if (!isTold[i] && before != null) {
                values[i] = FIELDS.get(i).value(before);
            }
            if (values[i] == null && !FIELDS.get(i).isNullable()) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object value(SpecBytes.Field field, JsonParser in) {
        int from = offset(in);
        JsonToken token = in.nextToken();
        if (token == null || token == JsonToken.VALUE_NULL) {
            return null;
        }
        // Where a scalar ends the parser does not know before it has read on.
        if (!token.isStructStart() || OWN.contains(field.name())) {
            return field.reader().readValue(in);
        }
        in.skipChildren();
        int to = offset(in);
        if (to - from > KnownBytes.BYTES_MAX) {
            return readAnew(field, from, to);
        }
        KnownBytes.Key key = new KnownBytes.Key(field.name(), Arrays.copyOfRange(document, from, to));
        Object known = KNOWN.find(key);
        found.add(new Found(field, key, known));
        return known != null ? known : readAnew(field, from, to);
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
}
