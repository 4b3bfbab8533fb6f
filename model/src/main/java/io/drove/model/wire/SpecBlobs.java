package io.drove.model.wire;

import io.drove.model.Recent;
import io.drove.model.app.AppSpec;
import io.drove.model.id.AppId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.smile.SmileMapper;

/**
 * Specs as binary values that are written and read once: a thousand executors are sent the same one, and an executor that connects again is sent what it knows.
 * Bounded; thread-safe.
 */
final class SpecBlobs extends SimpleModule {
    private static final long serialVersionUID = 1L;

    /** Specs kept on either side; the least recently used go first. */
    private static final int KEPT_MAX = 1_024;
    /** Larger ones are not kept. */
    private static final int KEPT_BYTES_MAX = 64 << 10;

    private record Written(AppSpec spec, byte[] bytes) {}

    SpecBlobs(SmileMapper mapper) {
        super("drove-spec-blobs");
        addSerializer(AppSpec.class, new Writer(mapper.writerFor(AppSpec.class)));
        addDeserializer(AppSpec.class, new Reader(mapper.readerFor(AppSpec.class)));
    }

    private static final class Writer extends ValueSerializer<AppSpec> {
        private final ObjectWriter writer;
        private final Kept<AppId, Written> kept = new Kept<>();

        Writer(ObjectWriter writer) {
            this.writer = writer;
        }

        @Override
        public void serialize(AppSpec spec, JsonGenerator out, SerializationContext context) {
            out.writeBinary(bytes(spec));
        }

        // The very object: comparing specs would cost as much as writing them.
        @SuppressWarnings("ReferenceEquality")
        private byte[] bytes(AppSpec spec) {
            Written known = kept.get(spec.id());
            if (known != null && known.spec() == spec) {
                return known.bytes();
            }
            byte[] bytes = writer.writeValueAsBytes(spec);
            if (bytes.length <= KEPT_BYTES_MAX) {
                kept.put(spec.id(), new Written(spec, bytes));
            }
            return bytes;
        }
    }

    private static final class Reader extends StdDeserializer<AppSpec> {
        private final ObjectReader reader;
        private final Kept<Content, AppSpec> kept = new Kept<>();

        Reader(ObjectReader reader) {
            super(AppSpec.class);
            this.reader = reader;
        }

        @Override
        public AppSpec deserialize(JsonParser in, DeserializationContext context) {
            byte[] bytes = in.getBinaryValue();
            Content content = new Content(bytes);
            AppSpec known = kept.get(content);
            if (known != null) {
                return known;
            }
            AppSpec spec = reader.readValue(bytes);
            if (spec == null) {
                return (AppSpec) context.handleUnexpectedToken(getValueType(context), in);
            }
            if (bytes.length <= KEPT_BYTES_MAX) {
                kept.put(content, spec);
            }
            return spec;
        }
    }

    /** Shared by all threads. */
    private static final class Kept<K, V> {
        private final Recent<K, V> entries = new Recent<>(KEPT_MAX);

        synchronized @Nullable V get(K key) {
            return entries.get(key);
        }

        synchronized void put(K key, V value) {
            entries.put(key, value);
        }
    }

    /** Bytes that are the same where they are equal. */
    private record Content(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content(byte[] others) && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
