package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import io.drove.model.container.Blob;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.resource.CoreSet;
import io.drove.model.time.TimeSpan;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** The vocabulary's own scalars: ids and time spans as text, core sets as arrays, blobs as binary. */
final class ScalarModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ScalarModule() {
        super("drove-scalars");
        text(InstanceId.class, InstanceId::parse);
        text(OperationId.class, OperationId::parse);
        text(AppId.class, text -> nonEmpty(text).map(AppId::new));
        text(ExecutorId.class, text -> nonEmpty(text).map(ExecutorId::new));
        text(ClusterId.class, text -> nonEmpty(text).map(ClusterId::new));
        text(TimeSpan.class, TimeSpan::parse);
        addSerializer(CoreSet.class, new CoreSetWriter());
        addDeserializer(CoreSet.class, new CoreSetReader());
        addSerializer(Blob.class, new BlobWriter());
        addDeserializer(Blob.class, new BlobReader());
        setMixInAnnotation(AppSpec.class, SpecProperties.class);
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    /** A type that its {@code toString} writes and {@code parse} reads, as value and as key. */
    private <T> void text(Class<T> type, Function<String, Optional<T>> parse) {
        addSerializer(type, new TextWriter<>());
        addDeserializer(type, new TextReader<>(type, parse));
        addKeySerializer(type, new KeyWriter<>());
        addKeyDeserializer(type, new KeyReader<>(type, parse));
    }

    private static final class TextWriter<T> extends ValueSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toString());
        }
    }

    private static final class KeyWriter<T> extends ValueSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeName(value.toString());
        }
    }

    private static final class TextReader<T> extends StdDeserializer<T> {
        private final Class<T> type;
        private final Function<String, Optional<T>> parse;

        TextReader(Class<T> type, Function<String, Optional<T>> parse) {
            super(type);
            this.type = type;
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getValueAsString("");
            return parse.apply(text)
                    .orElseThrow(() -> context.weirdStringException(text, type, "not a " + type.getSimpleName()));
        }
    }

    private static final class KeyReader<T> extends KeyDeserializer {
        private final Class<T> type;
        private final Function<String, Optional<T>> parse;

        KeyReader(Class<T> type, Function<String, Optional<T>> parse) {
            this.type = type;
            this.parse = parse;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return parse.apply(key)
                    .orElseThrow(() -> context.weirdKeyException(type, key, "not a " + type.getSimpleName()));
        }
    }

    private static final class CoreSetWriter extends ValueSerializer<CoreSet> {
        @Override
        public void serialize(CoreSet cores, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            cores.stream().forEach(out::writeNumber);
            out.writeEndArray();
        }
    }

    private static final class CoreSetReader extends StdDeserializer<CoreSet> {
        CoreSetReader() {
            super(CoreSet.class);
        }

        @Override
        public CoreSet deserialize(JsonParser in, DeserializationContext context) {
            int[] ids = context.readValue(in, int[].class);
            for (int id : ids) {
                if (id < 0) {
                    throw context.weirdNumberException(id, CoreSet.class, "core ids must not be negative");
                }
            }
            return CoreSet.of(ids);
        }
    }

    private static final class BlobWriter extends ValueSerializer<Blob> {
        @Override
        public void serialize(Blob blob, JsonGenerator out, SerializationContext context) {
            out.writeBinary(blob.toBytes());
        }
    }

    private static final class BlobReader extends StdDeserializer<Blob> {
        BlobReader() {
            super(Blob.class);
        }

        @Override
        public Blob deserialize(JsonParser in, DeserializationContext context) {
            return Blob.of(in.getBinaryValue());
        }
    }
}
