package io.drove.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Several operations in one document: all of them, or all problems of all of them. */
class BatchOfOperationsTest {
    private final UserDocuments documents = new UserDocuments(SpecRules.DEFAULT);
    private final ObjectNode batch = Golden.JSON.createObjectNode();
    private final ArrayNode operations = batch.putArray("operations");

    @Test
    void operations_are_read_in_the_order_written_each_as_if_it_were_posted_alone() {
        ObjectNode recover =
                Golden.JSON.createObjectNode().put("type", "RECOVER").put("appId", "A-1");
        operations.add(Golden.everything()).add(recover).add(recover);

        Decoded<List<AppOperation>> read = read();

        assertThat(read)
                .isEqualTo(new Decoded.Valid<>(
                        List.of(alone(Golden.everything()), alone(recover), alone(recover)), List.of()));
    }

    @Test
    void one_problem_refuses_all_and_all_problems_of_all_are_told_with_their_operation() {
        ObjectNode first = Golden.everything();
        ((ObjectNode) first.get("spec")).put("name", "my shop");
        ((ObjectNode) first.at("/spec/exposedPorts/0")).put("port", 99_999);
        ObjectNode third = Golden.everything();
        ((ObjectNode) third.at("/spec/healthcheck/mode")).put("portName", "mian");
        operations.add(first).add(Golden.everything()).add(third);
        operations.addObject().put("type", "SCAL");
        operations.addNull().add(1);

        assertThat(problems())
                .containsExactly(
                        "Could not resolve type id 'SCAL' as a subtype of `ApplicationOperation`: known type ids ="
                                + " [CREATE, DESTROY, RECOVER, REPLACE_INSTANCES, SCALE, START_INSTANCES,"
                                + " STOP_INSTANCES, SUSPEND] (for POJO property 'operations') (at operations[3].type,"
                                + " did you mean 'SCALE'?)",
                        "Could not resolve subtype of [simple type, class ApplicationOperation]: missing type id"
                                + " property 'type' (for POJO property 'operations') (at operations[5])",
                        "operations[0].spec.name - Only characters, numbers, hyphen and underscore is allowed (found"
                                + " \"my shop\")",
                        "operations[0].spec.exposedPorts[0].port - Port cannot be more than 65K (found 99999, allowed 1"
                                + " to 65535)",
                        "Invalid port name for health check: mian. Available ports: [main] (at"
                                + " operations[2].spec.healthcheck.mode.portName, did you mean 'main'?)",
                        "operations[4] must not be null");
    }

    @Test
    void warnings_name_their_operation() {
        operations.add(Golden.everything()).add(Golden.everything().put("colour", "red"));
        batch.put("operation", 1);

        assertThat(read().warnings())
                .containsExactly(
                        "operations[1].colour is not known and is ignored",
                        "operation is not known and is ignored (did you mean 'operations'?)");
    }

    @Test
    void there_is_at_least_one_operation_and_at_most_a_thousand() {
        assertThat(problems()).containsExactly("operations must not be empty");
        add(1_000);
        assertThat(read()).isInstanceOf(Decoded.Valid.class);
        add(1);
        assertThat(problems()).containsExactly("operations size must be between 0 and 1000 (found 1001)");
    }

    @Test
    void each_operation_is_at_most_as_large_as_one_that_is_posted_alone() {
        add(1);
        int others = batch.toString().length();
        operations.add(recover(1 << 20)).add(recover((1 << 20) + 1)).addNull();
        batch.put("more", "x".repeat(2 << 20));
        String problem =
                "operations[2] is larger than an operation may be (found 1048577 bytes, allowed 1048576 bytes)";

        assertThat(others).isLessThan(100);
        assertThat(problems()).containsExactly(problem, "operations[3] must not be null");
        assertThat(problems(batch.toPrettyString())).hasSize(3);
    }

    @Test
    void operations_are_measured_in_wider_characters_too() {
        operations.add(recover((1 << 20) - 1_000));
        byte[] wide = batch.toString().getBytes(StandardCharsets.UTF_16BE);

        assertThat(((Decoded.Invalid<?>) documents.operations(wide)).texts())
                .singleElement()
                .asString()
                .startsWith("operations[0] is larger than an operation may be (found 20951");
    }

    @Test
    void a_document_has_at_most_a_million_tokens() {
        String objects = "{},".repeat(500_000) + "{}";

        for (String json : List.of("{\"operations\":[" + objects + "]}", "{\"more\":[" + objects + "]}")) {
            assertThat(problems(json)).containsExactly("Token count (1000001) exceeds the maximum allowed (1000000)");
        }
    }

    /** One of so many bytes. */
    private static ObjectNode recover(int bytes) {
        ObjectNode recover = Golden.JSON
                .createObjectNode()
                .put("type", "RECOVER")
                .put("appId", "A-1")
                .put("x", "");
        return recover.put("x", "x".repeat(bytes - recover.toString().length()));
    }

    @Test
    void what_is_no_list_of_operations_is_refused() {
        assertThat(problems("{}")).containsExactly("operations must not be empty");
        assertThat(problems("{\"operations\":null}")).containsExactly("operations must not be empty");
        assertThat(problems("{\"operations\":{}}"))
                .singleElement()
                .asString()
                .startsWith("Cannot deserialize value of type `ArrayList<ApplicationOperation>` from Object value");
        assertThat(problems("[]")).singleElement().asString().contains("`ApplicationOperations`");
        assertThat(problems("null")).containsExactly("The request body must not be null");
        assertThat(problems("{\"operations\":[{}")).singleElement().asString().contains("line 1");
        assertThat(problems("{\"operations\":[],\"operations\":[]}"))
                .singleElement()
                .asString()
                .contains("Duplicate field \"operations\"");
    }

    @Test
    void that_operations_are_too_many_is_told_alone() {
        IntStream.range(0, 1_001).forEach(_ -> operations.addObject().put("type", "RECOVER"));

        assertThat(problems()).containsExactly("operations size must be between 0 and 1000 (found 1001)");
    }

    @Test
    void a_problem_of_each_of_a_thousand_operations_is_told_and_the_rest_is_counted() {
        IntStream.range(0, 1_000).forEach(_ -> operations.addObject().put("type", "RECOVER"));
        assertThat(problems()).hasSize(1_000).last().isEqualTo("operations[999].appId must not be empty");

        ((ObjectNode) operations.get(0)).put("type", "SUSPEND");

        assertThat(problems()).hasSize(1_001).last().isEqualTo("1 more problems are not listed here");
    }

    private void add(int count) {
        IntStream.range(0, count)
                .forEach(i -> operations.addObject().put("type", "RECOVER").put("appId", "A-" + i));
    }

    private Decoded<List<AppOperation>> read() {
        return documents.operations(Golden.bytes(batch));
    }

    private List<String> problems() {
        return problems(batch.toString());
    }

    private List<String> problems(String json) {
        return ((Decoded.Invalid<?>) documents.operations(json.getBytes(StandardCharsets.UTF_8))).texts();
    }

    private static AppOperation alone(ObjectNode document) {
        return ((Decoded.Valid<AppOperation>) Golden.operation(document)).value();
    }
}
