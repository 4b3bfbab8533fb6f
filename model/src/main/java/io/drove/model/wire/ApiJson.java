package io.drove.model.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drove.model.container.PullPolicy;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.TypeFactory;

/**
 * The JSON of the public API: writes answers, specs and operations as the original does, and reads answers for clients. Nulls are left out,
 * times are milliseconds, enums are names, time spans are text. Thread-safe.
 *
 * <p>Specs are written as they are given: {@link SpecMask#mask} them first when they are for eyes. What users send is read by {@link
 * UserDocuments}, not here.
 */
public final class ApiJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().recyclerPool(JsonBuffers.POOL).build())
            .annotationIntrospector(new ApiIntrospector())
            .addModule(new ScalarModule())
            .addModule(new SimpleModule("drove-api").addSerializer(PullPolicy.class, new PullPolicyWriter()))
            .changeDefaultVisibility(visibility -> visibility
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE)
                    .withSetterVisibility(Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private ApiJson() {}

    /** An answer, a spec or an operation as UTF-8. */
    public static byte[] write(Object answer) {
        return MAPPER.writeValueAsBytes(answer);
    }

    /** The same straight into a stream, which stays open. */
    public static void write(Object answer, OutputStream out) {
        MAPPER.writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET).writeValue(out, answer);
    }

    /** Reads an answer whose data is one thing. Throws Jackson's exceptions on what is no such answer. */
    public static <T> Envelope<T> read(byte[] json, Class<T> data) {
        return readAs(json, types().constructType(data));
    }

    /** Reads an answer whose data is a list. */
    public static <T> Envelope<List<T>> readList(byte[] json, Class<T> element) {
        return readAs(json, types().constructCollectionType(List.class, element));
    }

    /** Reads an answer whose data is a map by text. */
    public static <T> Envelope<Map<String, T>> readMap(byte[] json, Class<T> value) {
        return readAs(json, types().constructMapType(Map.class, String.class, value));
    }

    private static <T> Envelope<T> readAs(byte[] json, JavaType data) {
        return MAPPER.readValue(json, types().constructParametricType(Envelope.class, data));
    }

    private static TypeFactory types() {
        return MAPPER.getTypeFactory();
    }

    private static final class PullPolicyWriter extends ValueSerializer<PullPolicy> {
        @Override
        public void serialize(PullPolicy policy, JsonGenerator out, SerializationContext context) {
            out.writeString(policy.name());
        }

        @Override
        public boolean isEmpty(SerializationContext context, PullPolicy policy) {
            return policy == PullPolicy.BY_TAG;
        }
    }
}
