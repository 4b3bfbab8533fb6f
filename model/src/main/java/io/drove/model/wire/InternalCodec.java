package io.drove.model.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.function.UnaryOperator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * A mapper for records that only we read again: the journal, snapshots, the session. Knows no type by name: records are written by their
 * components in order, members of a sealed interface carry their simple name as {@code t}, ids and time spans are text (also as map keys),
 * core sets are arrays, blobs are binary. Nulls are left out.
 *
 * <p>Reading is strict: unknown and missing components fail, so does null where a component is not {@code @Nullable}. Only a missing
 * collection is an empty one, so that a record can be given a list later. Never throws anything but Jackson's exceptions.
 */
public final class InternalCodec {
    private InternalCodec() {}

    /** Prepares any format's builder, such as {@code SmileMapper.builder(factory)}; call {@code build()} on the result. */
    public static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configure(B builder) {
        return builder.annotationIntrospector(new RecordIntrospector("t", UnaryOperator.identity()))
                .addModule(new ScalarModule())
                .changeDefaultVisibility(visibility -> visibility
                        .withGetterVisibility(Visibility.NONE)
                        .withIsGetterVisibility(Visibility.NONE)
                        .withSetterVisibility(Visibility.NONE)
                        .withFieldVisibility(Visibility.ANY))
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // Numbers of an open type, such as an event's metadata, read back as one type whatever their size.
                .enable(DeserializationFeature.USE_LONG_FOR_INTS);
    }

    /** The mapper for JSON text. */
    public static JsonMapper json() {
        return configure(JsonMapper.builder()).build();
    }
}
