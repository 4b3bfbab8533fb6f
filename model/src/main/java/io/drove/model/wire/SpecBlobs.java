package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.Supplier;
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
 * Specs as binary values. Between two sides that remember the {@link Last} one, a spec may be a list of one such value: its difference from that one. A thousand executors are sent the same whole, and
 * an executor that connects again is sent what it knows: those are written and read once. Bounded; thread-safe.
 */
final class SpecBlobs extends SimpleModule {
    private static final long serialVersionUID = 1L;

    SpecBlobs() {
        super("drove-spec-blobs");
        addSerializer(AppSpec.class, new Writer());
        addDeserializer(AppSpec.class, new Reader());
    }

    /** The last spec that went over a connection, for one of its sides. For one thread at a time. */
    static final class Last {
        private final boolean mayForget;
        private Supplier<@Nullable AppSpec> spec = () -> null;

        private Last(boolean mayForget) {
            this.mayForget = mayForget;
        }

        /** For who writes, and can as well send the whole: each of thousands of executors may have been sent another one last, of an app that is gone. */
        static Last ofWriter() {
            return new Last(true);
        }

        static Last ofReader() {
            return new Last(false);
        }

        private static Last of(DatabindContext context) {
            return context.getAttribute(Last.class) instanceof Last last ? last : ofWriter();
        }

        @Nullable
        AppSpec spec() {
            return spec.get();
        }

        void is(AppSpec last) {
            spec = mayForget ? new WeakReference<>(last)::get : () -> last;
        }
    }

    private static final class Writer extends ValueSerializer<AppSpec> {
        @Override
        public void serialize(AppSpec spec, JsonGenerator out, SerializationContext context) {
            Last last = Last.of(context);
            SpecBytes.Sent sent = SpecBytes.sent(spec, last.spec());
            if (sent.isDifference()) {
                out.writeStartArray();
                out.writeBinary(sent.bytes());
                out.writeEndArray();
            } else {
                out.writeBinary(sent.bytes());
            }
            last.is(spec);
        }
    }

    private static final class Reader extends StdDeserializer<AppSpec> {
        private final Kept<Content, AppSpec> kept = new Kept<>();

        Reader() {
            super(AppSpec.class);
        }

        @Override
        public AppSpec deserialize(JsonParser in, DeserializationContext context) {
            Last last = Last.of(context);
            AppSpec spec = in.isExpectedStartArrayToken()
                    ? readDifference(last.spec(), in, context)
                    : readWhole(in.getBinaryValue());
            last.is(spec);
            return spec;
        }

        private AppSpec readDifference(@Nullable AppSpec before, JsonParser in, DeserializationContext context) {
            if (before == null) {
                return context.reportInputMismatch(
                        this, "a spec is told by its difference from the one before it, and there is none");
            }
            in.nextToken();
            AppSpec spec = SpecBytes.read(in.getBinaryValue(), before);
            if (in.nextToken() != JsonToken.END_ARRAY) {
                return context.reportInputMismatch(this, "a spec is told by one value, and there are more");
            }
            return spec;
        }

        private AppSpec readWhole(byte[] bytes) {
            Content content = new Content(bytes);
            AppSpec known = kept.get(content);
            if (known != null) {
                return known;
            }
            AppSpec spec = SpecBytes.read(bytes, null);
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
