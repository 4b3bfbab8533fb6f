package io.drove.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was read before is not read again, and nobody can tell. */
class KnownPartsTest {
    private final UserDocuments documents = new UserDocuments(SpecRules.DEFAULT);

    @Test
    void a_value_is_known_by_its_property_and_its_bytes() {
        KnownParts known = new KnownParts();
        AtomicInteger read = new AtomicInteger();
        byte[] json = "[1][1][2]".getBytes(StandardCharsets.UTF_8);

        JsonNode first = node(known, "args", json, 0, read);

        assertThat(node(known, "args", json, 3, read)).isSameAs(first).isEqualTo(Golden.JSON.readTree("[1]"));
        assertThat(node(known, "tags", json, 3, read)).isNotSameAs(first);
        assertThat(node(known, "args", json, 6, read)).isEqualTo(Golden.JSON.readTree("[2]"));
        assertThat(read).hasValue(3);
    }

    private static JsonNode node(KnownParts known, String property, byte[] json, int from, AtomicInteger read) {
        return known.node(property, json, from, from + 3, () -> {
            read.incrementAndGet();
            return Golden.JSON.readTree(json, from, 3);
        });
    }

    @Test
    void parts_of_operations_of_one_document_are_read_once() {
        ObjectNode batch = Golden.JSON.createObjectNode();
        for (int i = 0; i < 1_000; i++) {
            ObjectNode create = Golden.everything();
            // Of these there are more than are remembered.
            ((ObjectNode) create.at("/spec/placementPolicy")).put("seen", i);
            batch.withArray("operations").add(create);
        }

        JsonNode tree = DocumentTrees.read(Golden.bytes(batch), DocumentTrees.Batch.NONE);

        JsonNode first = tree.at("/operations/0/spec/healthcheck");
        assertThat(first).isInstanceOf(KnownParts.Known.class);
        for (int i = 1; i < 1_000; i++) {
            assertThat(tree.at("/operations/" + i + "/spec/healthcheck")).isSameAs(first);
        }
    }

    @Test
    void it_forgets() {
        KnownParts known = new KnownParts();
        AtomicInteger read = new AtomicInteger();
        List<byte[]> all = IntStream.range(100, 1_100)
                .mapToObj(i -> ("[" + i + "]").getBytes(StandardCharsets.UTF_8))
                .toList();

        for (int round = 0; round < 2; round++) {
            all.forEach(json -> known.node("args", json, 0, 5, () -> {
                read.incrementAndGet();
                return Golden.JSON.readTree(json);
            }));
        }

        assertThat(read).hasValueGreaterThan(1_500);
    }

    @Test
    void what_is_large_is_read_each_time() {
        KnownParts known = new KnownParts();
        byte[] json = ("[" + " ".repeat(KnownBytes.BYTES_MAX) + "]").getBytes(StandardCharsets.UTF_8);

        assertThat(known.node("args", json, 0, json.length, () -> Golden.JSON.readTree(json)))
                .isNotInstanceOf(KnownParts.Known.class);
    }

    @Test
    void parts_of_specs_are_read_once_and_equal_what_is_read_by_itself() {
        ObjectNode other = spec().put("name", "another");

        AppSpec first = valid(spec(), false);
        AppSpec second = valid(other, false);

        assertThat(second.healthcheck()).isSameAs(first.healthcheck());
        assertThat(second.tags()).isSameAs(first.tags());
        assertThat(second).isEqualTo(valid(other, true));
        assertThat(second.env().toString()).isEqualTo(valid(other, true).env().toString());
    }

    /** Spaces make other bytes. */
    private AppSpec valid(ObjectNode spec, boolean isPretty) {
        String json = isPretty ? spec.toPrettyString() : spec.toString();
        return ((Decoded.Valid<AppSpec>) documents.appSpec(json.getBytes(StandardCharsets.UTF_8))).value();
    }

    @Test
    void a_warning_is_told_each_time() {
        ObjectNode spec = spec();
        ((ObjectNode) spec.get("readiness")).put("colour", "red");

        for (int i = 0; i < 3; i++) {
            assertThat(documents.appSpec(Golden.bytes(spec)).warnings())
                    .containsExactly("readiness.colour is not known and is ignored");
        }
    }

    @Test
    void a_problem_is_told_each_time_and_where_it_is() {
        ObjectNode batch = Golden.JSON.createObjectNode();
        for (int i = 0; i < 2; i++) {
            ObjectNode create = Golden.everything();
            ((ObjectNode) create.at("/spec/healthcheck")).put("attempts", 0);
            batch.withArray("operations").add(create);
        }

        for (int i = 0; i < 2; i++) {
            Decoded<List<AppOperation>> read = documents.operations(Golden.bytes(batch));
            assertThat(((Decoded.Invalid<?>) read).texts())
                    .hasSize(2)
                    .satisfiesExactly(
                            text -> assertThat(text).startsWith("operations[0].spec.healthcheck.attempts "),
                            text -> assertThat(text).startsWith("operations[1].spec.healthcheck.attempts "));
        }
    }

    /** What a part may be depends on others, and on the cluster's rules. */
    @Test
    void what_holds_between_parts_is_checked_each_time() {
        ObjectNode spec = spec();
        assertThat(documents.appSpec(Golden.bytes(spec))).isInstanceOf(Decoded.Valid.class);
        ((ObjectNode) spec.at("/exposedPorts/0")).put("name", "other");

        assertThat(((Decoded.Invalid<?>) documents.appSpec(Golden.bytes(spec))).texts())
                .isNotEmpty()
                .anySatisfy(text -> assertThat(text).contains("Available ports: [other]"));
    }

    @Test
    void a_number_that_is_none_is_told_with_its_line() {
        String json = "{\"type\": \"RECOVER\",\n \"appId\": \"A-1\",\n \"more\": [1,\n 2e99999999999]}";

        assertThat(((Decoded.Invalid<?>) documents.operation(json.getBytes(StandardCharsets.UTF_8))).texts())
                .singleElement()
                .asString()
                .contains("exponent");
        assertThat(((Decoded.Invalid<?>) documents.operation(
                                "{\"type\":\n\"RECOVER\", \"more\": [1,\n 2, x]}".getBytes(StandardCharsets.UTF_8)))
                        .texts())
                .singleElement()
                .asString()
                .contains("(line 3, column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void a_document_may_begin_with_a_mark_of_its_encoding(String charset) {
        byte[] json = ("\uFEFF" + Golden.everything()).getBytes(Charset.forName(charset));

        assertThat(documents.operation(json)).isEqualTo(documents.operation(Golden.bytes(Golden.everything())));
    }

    private static ObjectNode spec() {
        return (ObjectNode) Golden.everything().get("spec");
    }
}
