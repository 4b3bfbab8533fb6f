package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Specs as binary values that are written and read once: a thousand executors are sent the same one, and an executor that connects again is sent what it knows.
 * Bounded; thread-safe.
 */
final class SpecBlobs extends SimpleModule {
    private static final long serialVersionUID = 1L;

    SpecBlobs() {
        super("drove-spec-blobs");
        addSerializer(AppSpec.class, new Writer());
        addDeserializer(AppSpec.class, new Reader());
    }

    private static final class Writer extends ValueSerializer<AppSpec> {
        @Override
        public void serialize(AppSpec spec, JsonGenerator out, SerializationContext context) {
            out.writeBinary(SpecBytes.of(spec));
        }
    }

    private static final class Reader extends StdDeserializer<AppSpec> {
        private final Kept<Content, AppSpec> kept = new Kept<>();

        Reader() {
            super(AppSpec.class);
        }

        @Override
        public AppSpec deserialize(JsonParser in, DeserializationContext context) {
            byte[] bytes = in.getBinaryValue();
            Content content = new Content(bytes);
            AppSpec known = kept.get(content);
            if (known != null) {
                return known;
            }
            AppSpec spec = SpecBytes.read(bytes);
            if (bytes.length <= Kept.BYTES_MAX) {
                kept.put(content, spec);
            }
            return spec;
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
