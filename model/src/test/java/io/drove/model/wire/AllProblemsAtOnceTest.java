package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.drove.model.app.AppOperation;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A user with many mistakes learns of all of them from one answer, each with its place and what would be right. */
class AllProblemsAtOnceTest {
    @Test
    void six_mistakes_get_six_answers() {
        ObjectNode document = Golden.everything();
        document.put("instances", 4000);
        ObjectNode spec = (ObjectNode) document.get("spec");
        spec.put("name", "my shop");
        spec.remove("readiness");
        ((ObjectNode) spec.at("/exposedPorts/0")).put("port", 99_999);
        ((ObjectNode) spec.at("/healthcheck/mode")).put("portName", "mian");
        ((ObjectNode) spec.at("/healthcheck")).put("attempts", 0);

        Decoded.Invalid<?> refused = refused(document);

        assertThat(refused.kind()).isEqualTo(Problem.Kind.COMMAND_VALIDATION_FAILURE);
        assertThat(refused.texts())
                .containsExactlyInAnyOrder(
                        "spec.name - Only characters, numbers, hyphen and underscore is allowed (found \"my shop\")",
                        "spec.exposedPorts[0].port - Port cannot be more than 65K (found 99999, allowed 1 to 65535)",
                        "spec.healthcheck.attempts must be greater than or equal to 1 (found 0, allowed 1 to 100)",
                        "spec.readiness must not be null",
                        "Invalid port name for health check: mian. Available ports: [main]"
                                + " (at spec.healthcheck.mode.portName, did you mean 'main'?)",
                        "instances must be less than or equal to 2048 (found 4000, allowed 0 to 2048)");
    }

    @Test
    void mistakes_of_both_families_are_told_together_with_those_of_the_json_reader_first() {
        ObjectNode document = Golden.everything();
        document.put("instances", -1);
        ((ObjectNode) document.at("/spec/placementPolicy")).put("type", "composite");
        ((ObjectNode) document.at("/opSpec")).put("timeout", "5 parsecs").put("failureStrategy", "ROLBACK");

        Decoded.Invalid<?> refused = refused(document);

        assertThat(refused.kind()).isEqualTo(Problem.Kind.JSON_VALIDATION_FAILURE);
        assertThat(refused.texts())
                .containsExactly(
                        "Could not resolve type id 'composite' as a subtype of `PlacementPolicy`: known type ids = [ANY,"
                                + " COMPOSITE, LOCAL, MATCH_TAG, MAX_N_PER_HOST, NO_TAG, ONE_PER_HOST, RULE_BASED] (for"
                                + " POJO property 'placementPolicy') (at spec.placementPolicy.type, did you mean"
                                + " 'COMPOSITE'?)",
                        "Cannot construct instance of `Duration`, problem: Invalid duration: 5 parsecs. Wrong time unit (at"
                                + " opSpec.timeout, allowed a number and a unit: ns, us, ms, s, m, h, d, or the unit's"
                                + " name)",
                        "Cannot deserialize value of type `FailureStrategy` from String \"ROLBACK\": ROLBACK was not one"
                                + " of [STOP, ROLLBACK] (at opSpec.failureStrategy, did you mean 'ROLLBACK'?)",
                        "instances must be greater than or equal to 0 (found -1, allowed 0 to 2048)");
    }

    /** A pattern that looked back for each of its digits took minutes of a thread that others wait for. */
    @Test
    @Timeout(20)
    void a_duration_of_a_million_digits_is_refused_like_any_other() {
        ObjectNode document = Golden.everything();
        ((ObjectNode) document.at("/opSpec")).put("timeout", "1".repeat(900_000) + " ");

        assertThat(refused(document).texts())
                .singleElement()
                .satisfies(text -> assertThat(text).contains("Invalid duration").doesNotContain("Wrong time unit"));
    }

    @Test
    void unknown_fields_are_accepted_and_named_with_the_nearest_known_one() {
        ObjectNode document = Golden.everything();
        ((ObjectNode) document.get("spec")).put("healthCheck", 1).put("zzz", 2);
        ((ObjectNode) document.at("/spec/executable")).put("pullpolicy", "NEVER");

        Decoded<AppOperation> read = Golden.operation(document);

        assertThat(read).isInstanceOf(Decoded.Valid.class);
        assertThat(read.warnings())
                .containsExactly(
                        "spec.executable.pullpolicy is not known and is ignored (did you mean 'pullPolicy'?)",
                        "spec.healthCheck is not known and is ignored (did you mean 'healthcheck'?)",
                        "spec.zzz is not known and is ignored");
    }

    /** Looking for what each of them may have meant took seconds of a thread that others wait for. */
    @Test
    void ninety_thousand_unknown_fields_are_counted_and_only_those_that_are_told_are_looked_up() {
        ObjectNode document = Golden.everything();
        ObjectNode spec = (ObjectNode) document.get("spec");
        for (int i = 0; i < 90_000; i++) {
            spec.put("x" + i, 0);
        }
        byte[] json = Golden.bytes(document);
        ThreadMXBean memory = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = memory.getCurrentThreadAllocatedBytes();

        Decoded<AppOperation> read = new UserDocuments(SpecRules.DEFAULT).operation(json);

        long allocated = memory.getCurrentThreadAllocatedBytes() - before;
        assertThat(read).isInstanceOf(Decoded.Valid.class);
        assertThat(read.warnings()).hasSize(101).last().isEqualTo("89900 more warnings are not listed here");
        assertThat(allocated).isLessThan(200L << 20);
    }

    /** The same for values. */
    @Test
    void what_a_problem_that_is_not_told_may_have_meant_is_not_looked_up() {
        Findings findings = new Findings();
        List<String> known = List.of("COMPOSITE");

        for (int i = 0; i < DocumentLimits.PROBLEMS_MAX; i++) {
            assertThat(findings.nearest("composit", known)).isEqualTo("'COMPOSITE'");
            findings.json("path", "message", "");
        }

        assertThat(findings.nearest("composit", known)).isEmpty();
    }

    @Test
    void a_missing_placement_policy_is_told_instead_of_breaking() {
        ObjectNode document = Golden.everything();
        ((ObjectNode) document.get("spec")).remove("placementPolicy");

        assertThat(refused(document).texts()).containsExactly("spec.placementPolicy must not be null");
    }

    /** It would be accepted and could never be placed: rules come later. */
    @Test
    void a_rule_is_refused_wherever_it_stands_and_the_answer_says_what_works_instead() {
        ObjectNode document = Golden.everything();
        ((ObjectNode) document.get("spec")).set("placementPolicy", rule());
        ObjectNode nested = Golden.everything();
        ((ObjectNode) nested.get("spec"))
                .putObject("placementPolicy")
                .put("type", "COMPOSITE")
                .putArray("policies")
                .add(Golden.JSON.createObjectNode().put("type", "ONE_PER_HOST"))
                .add(rule());

        String refusal = "Rule-based placement is not supported yet; give executors tags and choose them by MATCH_TAG"
                + " (at spec.placementPolicy%s.type, found \"RULE_BASED\","
                + " allowed [ANY, COMPOSITE, MATCH_TAG, MAX_N_PER_HOST, NO_TAG, ONE_PER_HOST])";
        assertThat(refused(document).kind()).isEqualTo(Problem.Kind.COMMAND_VALIDATION_FAILURE);
        assertThat(refused(document).texts()).containsExactly(refusal.formatted(""));
        assertThat(refused(nested).texts()).containsExactly(refusal.formatted(".policies[1]"));
    }

    private static ObjectNode rule() {
        return Golden.JSON
                .createObjectNode()
                .put("type", "RULE_BASED")
                .put("rule", "$.tags.x == 1")
                .put("ruleType", "HOPE");
    }

    @Test
    void two_ports_of_one_name_are_told_instead_of_breaking() {
        ObjectNode document = Golden.everything();
        ((ArrayNode) document.at("/spec/exposedPorts"))
                .addObject()
                .put("name", "main")
                .put("port", 9000)
                .put("type", "TCP");

        assertThat(refused(document).texts())
                .containsExactly("port name main declared twice in SHOP; give each port its own name"
                        + " (at spec.exposedPorts[1].name)");
    }

    @Test
    void local_placement_is_for_local_services_even_deep_inside() {
        ObjectNode document = Golden.everything();
        ((ArrayNode) document.at("/spec/placementPolicy/policies")).addObject().put("type", "LOCAL");

        assertThat(refused(document).texts())
                .containsExactly("Local service placement is not allowed for apps (at spec.placementPolicy)");
    }

    @ParameterizedTest
    @CsvSource({"0, Cpu", "1, Memory"})
    void cpu_and_memory_must_both_be_asked_for(int index, String name) {
        ObjectNode document = Golden.everything();
        ((ArrayNode) document.at("/spec/resources")).remove(index);

        assertThat(refused(document).texts()).containsExactly(name + " requirements are mandatory (at spec.resources)");
    }

    @Test
    void what_is_secret_is_not_quoted() {
        ObjectNode document = Golden.everything();
        ((ObjectNode) document.at("/spec/configs/0")).put("data", "c2VjcmV0IQ");
        ((ArrayNode) document.at("/spec/configs"))
                .addObject()
                .put("type", "INLINE")
                .put("localFilename", "/x")
                .put("data", "s%cr");

        Decoded.Invalid<?> refused = refused(document);

        assertThat(refused.kind()).isEqualTo(Problem.Kind.JSON_VALIDATION_FAILURE);
        assertThat(refused.texts())
                .containsExactly(
                        "Cannot deserialize value of type `byte[]` from String \"***\": Unexpected end of"
                                + " base64-encoded String: base64 variant 'MIME-NO-LINEFEEDS' expects padding (one or"
                                + " more '=' characters) at the end (at spec.configs[0].data, found 10 characters,"
                                + " allowed base64 with padding)",
                        "Cannot deserialize value of type `byte[]` from String \"***\": Illegal character in base64"
                                + " content (at spec.configs[1].data, found 4 characters, allowed base64 with padding)");
    }

    @Test
    void options_of_the_cluster_are_obeyed() {
        ObjectNode document = Golden.everything();
        document.withArray("/spec/devices").addObject().put("type", "DIRECT").put("pathOnHost", "/dev/kvm");
        SpecRules strict = new SpecRules(List.of("/data"), List.of("/etc/apps"), true, false);

        Decoded<AppOperation> read = new UserDocuments(strict).operation(Golden.JSON.writeValueAsBytes(document));

        assertThat(((Decoded.Invalid<?>) read).texts())
                .containsExactly(
                        "Volume mount requested on non whitelisted host directory: /mnt/shop"
                                + " (at spec.volumes[0].pathOnHost, allowed below [/data])",
                        "Passing command line to containers is disabled on this cluster (at spec.args)",
                        "Device access is disabled. To enable, set enableRawDeviceAccess: true in controller options."
                                + " (at spec.devices)");
    }

    @ParameterizedTest
    @CsvSource({
        "/data, true",
        "/data/, true",
        "/data/x/../y, true",
        "/data/./x, true",
        "/opt/app/logs, true",
        "/database, false",
        "/data/../etc, false",
        "/data/x/../../etc, false",
        "data, false",
        "/, false"
    })
    void mounts_are_allowed_by_whole_path_components(String path, boolean allowed) {
        assertThat(MountRule.allows(List.of("/data", "/opt/app/"), path)).isEqualTo(allowed);
        assertThat(MountRule.allows(List.of(), path)).isTrue();
        assertThat(MountRule.allows(List.of("/data"), "/data/\0")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | The request body must not be null | Command validation failure",
                "'' | The request body must not be null | Command validation failure",
                "5 | Could not resolve subtype of [simple type, class ApplicationOperation]: missing type id property"
                        + " 'type' | JSON validation failure",
                "{} | Could not resolve subtype of [simple type, class ApplicationOperation]: missing type id property"
                        + " 'type' | JSON validation failure",
                "{\"type\":\"scale\"} | Could not resolve type id 'scale' as a subtype of `ApplicationOperation`: known"
                        + " type ids = [CREATE, DESTROY, RECOVER, REPLACE_INSTANCES, SCALE, START_INSTANCES,"
                        + " STOP_INSTANCES, SUSPEND] (at type, did you mean 'SCALE'?) | JSON validation failure",
                "{\"type\":\"RECOVER\"} | appId must not be empty | Command validation failure",
                "{\"type\":\"CREATE\",\"spec\":\"x\",\"opSpec\":{\"timeout\":\"1s\",\"parallelism\":1,"
                        + "\"failureStrategy\":\"stop\"}} | Cannot construct instance of `ApplicationSpec` (although at"
                        + " least one Creator exists): no String-argument constructor/factory method to deserialize"
                        + " from String value ('x') (at spec) | JSON validation failure"
            })
    void documents_of_the_wrong_kind_get_one_clear_answer(String json, String text, String message) {
        Decoded.Invalid<?> refused =
                (Decoded.Invalid<?>) new UserDocuments(SpecRules.DEFAULT).operation(json.getBytes(UTF_8));

        assertThat(refused.texts()).containsExactly(text);
        assertThat(refused.kind().message()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{nope", "{\"a\":1", "{}{}", "{\"a\":01}", "\u0000", "{\"type\":\"RECOVER\",}"})
    void malformed_json_is_told_with_its_place(String json) {
        Decoded.Invalid<?> refused =
                (Decoded.Invalid<?>) new UserDocuments(SpecRules.DEFAULT).operation(json.getBytes(UTF_8));

        assertThat(refused.kind()).isEqualTo(Problem.Kind.JSON_VALIDATION_FAILURE);
        assertThat(refused.texts()).singleElement().asString().contains("(line 1, column ");
    }

    private static Decoded.Invalid<?> refused(ObjectNode document) {
        Decoded<AppOperation> read = Golden.operation(document);
        assertThat(read).isInstanceOf(Decoded.Invalid.class);
        return (Decoded.Invalid<?>) read;
    }
}
