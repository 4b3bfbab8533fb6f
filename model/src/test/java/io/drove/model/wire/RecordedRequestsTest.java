package io.drove.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every recorded request is answered with the family and the phrases that the original answered with. */
class RecordedRequestsTest {
    /** Refusals that rest on the cluster's state, not on the document. */
    private static final List<String> FROM_STATE =
            List.of("App ", "Cluster is in maintenance", "No state found", "Only [", "There are no replaceable");

    /** What we tell in addition: the original failed with status 500 when this was all that is wrong. */
    private static final Set<String> OURS =
            Set.of("placementPolicy must not be null", "spec.placementPolicy must not be null");

    private final UserDocuments documents = new UserDocuments(SpecRules.DEFAULT);

    static Stream<String> operations() {
        return Golden.names("operations", ".request.json").stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_is_read_or_refused_as_recorded(String name) {
        Decoded<AppOperation> read = documents.operation(Golden.bytes("operations/" + name + ".request.json"));

        JsonNode answer = Golden.tree("operations/" + name + ".answer.json");
        JsonNode errors = answer.at("/data/validationErrors");
        if (errors.isMissingNode() || FROM_STATE.stream().anyMatch(errors.get(0).asString()::startsWith)) {
            assertThat(read).isInstanceOf(Decoded.Valid.class);
            assertThat(read.warnings()).isEmpty();
        } else {
            assertRefusedAs(answer, read);
        }
    }

    @Test
    void an_empty_spec_is_refused_as_recorded() {
        assertRefusedAs(
                Golden.tree("specs/validate-spec-empty.answer.json"),
                documents.appSpec(Golden.bytes("specs/validate-spec-empty.request.json")));
    }

    @Test
    void a_sound_spec_is_read() {
        assertThat(documents.appSpec(Golden.bytes("specs/validate-spec-ok.request.json")))
                .isInstanceOf(Decoded.Valid.class);
    }

    private static void assertRefusedAs(JsonNode answer, Decoded<?> read) {
        assertThat(read).isInstanceOf(Decoded.Invalid.class);
        Decoded.Invalid<?> invalid = (Decoded.Invalid<?>) read;
        assertThat(invalid.kind().message()).isEqualTo(answer.get("message").asString());
        List<String> told = new ArrayList<>(invalid.texts());
        for (JsonNode error : answer.at("/data/validationErrors")) {
            // Java class names in messages are not part of the contract.
            String phrase = error.asString().replaceAll("com\\.phonepe\\.[a-z.]*", "");
            assertThat(told).anyMatch(text -> text.startsWith(phrase));
            told.removeIf(text -> text.startsWith(phrase));
        }
        assertThat(OURS).containsAll(told);
    }
}
