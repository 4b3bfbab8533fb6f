package io.drove.model.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.drove.model.app.AppSpec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.smile.SmileMapper;
import tools.jackson.dataformat.smile.SmileWriteFeature;

/** What was read before is not read again, and nobody can tell: the plain reader says the same of all bytes. */
class SpecReaderTest {
    private static final JsonMapper JSON = InternalCodec.json();
    private static final ObjectReader PLAIN = SpecBytes.MAPPER.readerFor(AppSpec.class);
    private static final SmileMapper WITH_SHARED_NAMES = SessionCodec.smile().build();
    private static final SmileMapper WITH_ALL_SHARED = SessionCodec.smile()
            .enable(SmileWriteFeature.CHECK_SHARED_STRING_VALUES)
            .build();

    private final Random random = new Random(17);
    private final RandomModel model = new RandomModel(random);

    @Test
    void specs_are_read_as_the_plain_reader_reads_them() {
        for (AppSpec spec : mixed(1_000)) {
            byte[] bytes = SpecBytes.written(spec, null);

            AppSpec read = SpecBytes.read(bytes, null);

            assertThat(read).isEqualTo(PLAIN.readValue(bytes));
            assertThat(JSON.writeValueAsString(read)).isEqualTo(JSON.writeValueAsString(spec));
            assertThat(SpecReader.read(bytes)).isEqualTo(spec);
        }
    }

    /** A field that is added to the record and forgotten there could not be read. */
    @Test
    void what_a_spec_is_written_as_names_all_that_it_is_made_of() {
        assertThat(SpecProperties.class.getDeclaredConstructors()[0].getGenericParameterTypes())
                .isEqualTo(SpecBytes.CONSTRUCTOR.getGenericParameterTypes());
        assertThat(Stream.of(SpecProperties.class.getDeclaredConstructors()[0].getParameters())
                        .map(parameter ->
                                parameter.getAnnotation(JsonProperty.class).value()))
                .isEqualTo(SpecBytes.FIELDS.stream().map(SpecBytes.Field::name).toList());
    }

    @Test
    void specs_with_equal_parts_get_the_same_objects() {
        byte[] bytes = SpecBytes.written(everything(), null);
        AppSpec one = SpecBytes.read(bytes, null);
        AppSpec two = SpecBytes.read(with(bytes, "name", "another"), null);

        assertThat(two.name()).isEqualTo("another");
        for (SpecBytes.Field field : SpecBytes.FIELDS) {
            if (!Set.of("name", "configs", "devices").contains(field.name())) {
                assertThat(field.value(two)).as(field.name()).isSameAs(field.value(one));
            }
        }
    }

    @Test
    void a_value_whose_bytes_are_known_is_not_read_again() {
        List<String> args = List.of("only here");
        byte[] bytes = with(SpecBytes.written(everything(), null), "args", args);
        SpecReader.KNOWN.add(key("args", args), List.of("as it was read before"));

        assertThat(SpecBytes.read(bytes, null).args()).containsExactly("as it was read before");
    }

    @Test
    void a_value_is_remembered_as_the_one_that_specs_have_in_common() {
        List<String> args = List.of("in common");
        byte[] bytes = with(SpecBytes.written(everything(), null), "args", args);
        AppSpec one = SpecBytes.read(bytes, null);
        SpecReader.KNOWN.add(key("args", args), List.of("in common"));

        AppSpec two = SpecBytes.read(bytes, null);

        assertThat(two.args()).isSameAs(one.args());
        assertThat(remembered("args", args)).isSameAs(one.args());
    }

    @Test
    void values_are_found_by_the_bytes_of_their_fields_but_secrets_and_large_ones_are_not() {
        AppSpec spec = everything();
        AppSpec read = SpecBytes.read(SpecBytes.written(spec, null), null);
        SpecBytes.read(with(SpecBytes.written(spec, null), "args", List.of("x".repeat(KnownBytes.BYTES_MAX))), null);

        assertThat(spec.env()).isNotEmpty();
        assertThat(spec.configs()).isNotEmpty();
        assertThat(remembered("healthcheck", spec.healthcheck())).isSameAs(read.healthcheck());
        assertThat(remembered("tags", spec.tags())).isSameAs(read.tags());
        assertThat(remembered("env", spec.env())).isNull();
        assertThat(remembered("configs", spec.configs())).isNull();
        assertThat(remembered("exposureSpec", requireNonNull(spec.exposureSpec())))
                .isNull();
        assertThat(remembered("args", List.of("x".repeat(KnownBytes.BYTES_MAX))))
                .isNull();
    }

    private static @Nullable Object remembered(String property, Object value) {
        return SpecReader.KNOWN.find(key(property, value));
    }

    private static KnownBytes.Key key(String property, Object value) {
        byte[] bytes = SpecBytes.FIELDS.stream()
                .filter(field -> field.name().equals(property))
                .findFirst()
                .orElseThrow()
                .writer()
                .writeValueAsBytes(value);
        return new KnownBytes.Key(property, Arrays.copyOfRange(bytes, SpecBytes.HEADER.length, bytes.length));
    }

    /** The same bytes mean something else where other names came before them. */
    @Test
    void names_and_texts_that_refer_to_those_before_them_are_read_right() {
        for (AppSpec spec : mixed(500)) {
            byte[] names = WITH_SHARED_NAMES.writeValueAsBytes(spec);
            byte[] all = WITH_ALL_SHARED.writeValueAsBytes(spec);

            assertThat(SpecBytes.read(SpecBytes.written(spec, null), null)).isEqualTo(spec);
            assertThat(SpecBytes.read(names, null)).isEqualTo(spec);
            assertThat(SpecBytes.read(reversed(names, WITH_SHARED_NAMES), null)).isEqualTo(spec);
            assertThat(SpecBytes.read(all, null)).isEqualTo(spec);
            assertThat(SpecReader.read(names)).isNull();
            // Whether there are such names is told by the header alone.
            byte[] unused = SpecBytes.written(spec, null).clone();
            unused[SpecBytes.HEADER.length - 1] |= 1;
            assertThat(SpecBytes.read(unused, null)).isEqualTo(spec);
            assertThat(SpecReader.read(unused)).isNull();
            assertThat(SpecReader.read(all)).isNull();
        }
    }

    @Test
    void fields_may_come_in_any_order() {
        for (AppSpec spec : mixed(100)) {
            byte[] bytes = reversed(SpecBytes.written(spec, null), SpecBytes.MAPPER);

            assertThat(SpecBytes.read(bytes, null)).isEqualTo(spec);
            assertThat(SpecReader.read(bytes)).isEqualTo(spec);
        }
    }

    @Test
    void whatever_is_odd_is_as_the_plain_reader_has_it() {
        byte[] bytes = SpecBytes.written(everything(), null);
        List<JsonNode> values = List.of(
                Golden.JSON.readTree("null"),
                Golden.JSON.readTree("1"),
                Golden.JSON.readTree("\"\""),
                Golden.JSON.readTree("\"text\""),
                Golden.JSON.readTree("[]"),
                Golden.JSON.readTree("[null]"),
                Golden.JSON.readTree("[\"text\"]"),
                Golden.JSON.readTree("{}"),
                Golden.JSON.readTree("{\"a\":null}"),
                Golden.JSON.readTree("{\"a\":1}"));
        for (String field : tree(bytes).propertyNames()) {
            ObjectNode without = tree(bytes);
            without.remove(field);
            assertSame(SpecBytes.MAPPER.writeValueAsBytes(without));
            for (JsonNode value : values) {
                assertSame(with(bytes, field, value));
                assertSame(twice(bytes, field, value));
            }
        }
        assertSame(with(bytes, "unknown", 1));
        assertSame(SpecBytes.MAPPER.writeValueAsBytes(null));
        assertSame(SpecBytes.MAPPER.writeValueAsBytes(List.of()));
        for (int more = 0; more < 256; more++) {
            assertSame(concatenated(bytes, new byte[] {(byte) more}));
        }
        assertSame(concatenated(bytes, SpecBytes.HEADER));
        assertSame(concatenated(bytes, bytes));
        assertSame(concatenated(SpecBytes.HEADER, bytes));
        assertSame(bytes);
    }

    @Test
    void a_spec_is_read_from_its_difference() {
        List<AppSpec> specs = new ArrayList<>(mixed(1_000));
        // Of these each has some of the very objects of the one before it.
        specs.replaceAll(spec -> SpecBytes.read(SpecBytes.written(spec, null), null));
        long bytes = 0;
        for (int i = 1; i < specs.size(); i++) {
            byte[] difference = SpecBytes.written(specs.get(i), specs.get(i - 1));
            AppSpec read = SpecBytes.read(difference, specs.get(i - 1));

            assertThat(read).isEqualTo(specs.get(i));
            assertThat(JSON.writeValueAsString(read)).isEqualTo(JSON.writeValueAsString(specs.get(i)));
            assertThat(difference.length).isLessThanOrEqualTo(SpecBytes.written(specs.get(i), null).length + 30);
            bytes += difference.length;
        }
        assertThat(bytes)
                .isLessThan(specs.stream()
                        .mapToLong(spec -> SpecBytes.written(spec, null).length)
                        .sum());
    }

    @Test
    void a_value_that_the_spec_before_has_and_this_one_has_not_is_told() {
        AppSpec with = everything();
        ObjectNode tree = tree(SpecBytes.written(with, null));
        tree.remove(List.of("exposureSpec", "userSpec"));
        AppSpec without = SpecBytes.read(SpecBytes.MAPPER.writeValueAsBytes(tree), null);

        assertThat(with.exposureSpec()).isNotNull();
        assertThat(with.userSpec()).isNotNull();
        assertThat(SpecBytes.read(SpecBytes.written(without, with), with)).isEqualTo(without);
        assertThat(SpecBytes.read(SpecBytes.written(with, without), without)).isEqualTo(with);
        assertThat(SpecBytes.read(SpecBytes.written(with, with), with)).isEqualTo(with);
        assertThat(SpecBytes.written(with, with)).hasSize(SpecBytes.HEADER.length + 2);
    }

    @Test
    void bytes_that_tell_of_no_spec_are_refused() {
        AppSpec before = everything();
        byte[] bytes = SpecBytes.written(before, model.make(AppSpec.class));
        assertThat(SpecBytes.read(bytes, before)).isEqualTo(before);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SpecBytes.read(cut, before)).isInstanceOf(JacksonException.class);
        }
        for (byte[] odd : List.of(
                with(bytes, "unknown", 1),
                with(bytes, "id", before.id().value()),
                with(bytes, "name", Golden.JSON.readTree("null")),
                with(bytes, "args", Golden.JSON.readTree("null")),
                with(bytes, "args", Golden.JSON.readTree("[null]")),
                twice(bytes, "args", Golden.JSON.readTree("[]")),
                concatenated(bytes, new byte[] {1}),
                concatenated(bytes, bytes),
                WITH_SHARED_NAMES.writeValueAsBytes(Map.of()),
                SpecBytes.MAPPER.writeValueAsBytes(List.of()),
                new byte[0])) {
            assertThatThrownBy(() -> SpecBytes.read(odd, before)).isInstanceOf(JacksonException.class);
        }
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            Object outcome = outcome(changed, it -> SpecBytes.read(it, before));
            assertThat(outcome).isInstanceOf(List.class);
        }
    }

    @Test
    void a_field_that_comes_twice_is_remembered_as_neither() {
        byte[] once = with(SpecBytes.written(everything(), null), "args", List.of("the first of two"));
        byte[] twice = twice(once, "args", Golden.JSON.readTree("[\"the second of two\"]"));

        assertSame(twice);
        assertThat(SpecBytes.read(once, null).args()).containsExactly("the first of two");
    }

    @Test
    void bytes_that_are_cut_or_changed_are_as_the_plain_reader_has_them() {
        byte[] bytes = SpecBytes.written(everything(), null);
        assertSame(bytes);
        for (int length = 0; length < bytes.length; length++) {
            assertSame(Arrays.copyOf(bytes, length));
        }
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = bytes.clone();
            for (int j = random.nextInt(1, 3); j > 0; j--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertSame(changed);
        }
        // A header where a value may stand.
        for (int at = SpecBytes.HEADER.length; at < bytes.length; at++) {
            byte[] before = Arrays.copyOf(bytes, at);
            byte[] header = {':', ')', '\n', (byte) random.nextInt(8)};
            assertSame(concatenated(concatenated(before, header), Arrays.copyOfRange(bytes, at, bytes.length)));
        }
        assertSame(bytes);
    }

    @Test
    void threads_read_at_once() throws InterruptedException, ExecutionException {
        List<AppSpec> specs = mixed(300);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                List<AppSpec> shuffled = new ArrayList<>(specs);
                Collections.shuffle(shuffled, random);
                all.add(threads.submit(() ->
                        shuffled.forEach(spec -> assertThat(SpecBytes.read(SpecBytes.written(spec, null), null))
                                .isEqualTo(spec))));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /** Specs whose fields are of few others. */
    private List<AppSpec> mixed(int count) {
        List<ObjectNode> few = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            few.add(tree(SpecBytes.MAPPER.writeValueAsBytes(model.make(AppSpec.class))));
        }
        List<AppSpec> specs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode spec = few.get(random.nextInt(few.size())).deepCopy();
            for (String field : List.copyOf(spec.propertyNames())) {
                JsonNode other = few.get(random.nextInt(few.size())).get(field);
                if (other != null) {
                    spec.set(field, other);
                }
            }
            specs.add(PLAIN.readValue(SpecBytes.MAPPER.writeValueAsBytes(spec)));
        }
        return specs;
    }

    private static AppSpec everything() {
        byte[] json = Golden.bytes(Golden.everything().get("spec"));
        return ((Decoded.Valid<AppSpec>) new UserDocuments(SpecRules.DEFAULT).appSpec(json)).value();
    }

    private static void assertSame(byte[] bytes) {
        assertThat(outcome(bytes, it -> SpecBytes.read(it, null))).isEqualTo(outcome(bytes, SpecReaderTest::plain));
    }

    private static AppSpec plain(byte[] bytes) {
        AppSpec spec = PLAIN.readValue(bytes);
        return spec == null ? SpecBytes.read(bytes, null) : spec;
    }

    /** The spec and how it is written, or what is wrong. */
    private static Object outcome(byte[] bytes, Function<byte[], AppSpec> reader) {
        try {
            AppSpec spec = reader.apply(bytes);
            return List.of(spec, JSON.writeValueAsString(spec));
        } catch (JacksonException e) {
            return List.of(e.getClass(), e.getMessage());
        } catch (RuntimeException e) {
            return e.getClass();
        }
    }

    private static ObjectNode tree(byte[] bytes) {
        return (ObjectNode) SpecBytes.MAPPER.readTree(bytes);
    }

    private static byte[] with(byte[] spec, String field, Object value) {
        ObjectNode tree = tree(spec);
        tree.set(field, SpecBytes.MAPPER.valueToTree(value));
        return SpecBytes.MAPPER.writeValueAsBytes(tree);
    }

    private static byte[] twice(byte[] spec, String field, JsonNode value) {
        byte[] object = SpecBytes.MAPPER.writeValueAsBytes(Map.of(field, value));
        byte[] more = Arrays.copyOfRange(object, SpecBytes.HEADER.length + 1, object.length);
        return concatenated(Arrays.copyOf(spec, spec.length - 1), more);
    }

    private static byte[] reversed(byte[] spec, SmileMapper mapper) {
        ObjectNode tree = tree(spec);
        ObjectNode reversed = mapper.createObjectNode();
        List.copyOf(tree.propertyNames()).reversed().forEach(field -> reversed.set(field, tree.get(field)));
        return mapper.writeValueAsBytes(reversed);
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }
}
