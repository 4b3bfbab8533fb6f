package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Specs as binary values that are written and read once: a thousand executors are sent the same one, and an executor that connects again is sent what it knows. To and from who remembers the
 * spec {@link Before} it, a spec is a list of one such value, what the one before it has not. Bounded; thread-safe.
 */
final class SpecBlobs extends SimpleModule {
    private static final long serialVersionUID = 1L;

    SpecBlobs() {
        super("drove-spec-blobs");
        addSerializer(AppSpec.class, new Writer());
        addDeserializer(AppSpec.class, new Reader());
    }

    /** The last spec of one connection in one direction, by the attribute of this class. For one thread at a time. */
    static final class Before {
        private @Nullable AppSpec spec;

        static @Nullable Before of(DatabindContext context) {
            return (Before) context.getAttribute(Before.class);
        }
    }

    private static final class Writer extends ValueSerializer<AppSpec> {
        @Override
        public void serialize(AppSpec spec, JsonGenerator out, SerializationContext context) {
            Before before = Before.of(context);
            if (before == null || before.spec == null) {
                out.writeBinary(SpecBytes.of(spec));
            } else {
                out.writeStartArray();
                out.writeBinary(SpecBytes.like(before.spec, spec));
                out.writeEndArray();
            }
            if (before != null) {
                before.spec = spec;
            }
        }
    }

    private static final class Reader extends StdDeserializer<AppSpec> {
        private final Kept<Content, AppSpec> kept = new Kept<>();

        Reader() {
            super(AppSpec.class);
        }

        @Override
        public AppSpec deserialize(JsonParser in, DeserializationContext context) {
            Before before = Before.of(context);
            AppSpec spec = in.isExpectedStartArrayToken()
                    ? readLike(before == null ? null : before.spec, in, context)
                    : read(new Content(in.getBinaryValue(), null));
            if (before != null) {
                before.spec = spec;
            }
            return spec;
        }

        private AppSpec readLike(@Nullable AppSpec before, JsonParser in, DeserializationContext context) {
            if (before == null) {
                return context.reportInputMismatch(this, "a spec is like the one before it, and there is none");
            }
            in.nextToken();
            AppSpec spec = read(new Content(in.getBinaryValue(), before));
            if (in.nextToken() != JsonToken.END_ARRAY) {
                return context.reportInputMismatch(this, "a spec is told by one value, and there are more");
            }
            return spec;
        }

        private AppSpec read(Content content) {
            AppSpec known = kept.get(content);
            if (known != null) {
                return known;
            }
            AppSpec spec = content.before() == null
                    ? SpecBytes.read(content.bytes())
                    : SpecBytes.read(content.bytes(), content.before());
            if (content.bytes().length <= Kept.BYTES_MAX) {
                kept.put(content, spec);
            }
            return spec;
        }
    }

    /** Bytes that are the same where they are equal, and come after the very spec. */
    private record Content(byte[] bytes, @Nullable AppSpec before) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Content(byte[] others, AppSpec another)
                    && before == another
                    && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(bytes) + System.identityHashCode(before);
        }
    }
}
