package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OpSpec;
import io.drove.model.app.OperationState;
import io.drove.model.executor.ExecutorState;
import io.drove.model.executor.Transport;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.OperationId;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.time.TimeSpan;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Recorded answers of the original survive being read and written by us, to the byte. */
class ApiJsonTest {
    @ParameterizedTest
    @CsvSource({
        "cluster, ClusterSummary",
        "application, AppSummary",
        "instance-stopped, InstanceInfo",
        "events-latest, EventsPage",
        "events-summary, EventsSummary",
        "spec-valid, SpecAccepted",
        "unknown-app, AppSummary"
    })
    void recorded_answer_is_written_as_it_was_read(String name, String type) throws ClassNotFoundException {
        byte[] recorded = Golden.bytes("answers/" + name + ".json");

        Envelope<?> read = ApiJson.read(recorded, Class.forName("io.drove.model.wire." + type));

        assertSame(recorded, read);
    }

    @ParameterizedTest
    @CsvSource({
        "instances, InstanceInfo",
        "instances-bad-image, InstanceInfo",
        "executors, ExecutorSummary",
        "executors-blacklisted, ExecutorSummary",
        "executors-later, ExecutorSummary",
        "endpoints, ExposedAppInfo"
    })
    void recorded_list_is_written_as_it_was_read(String name, String type) throws ClassNotFoundException {
        byte[] recorded = Golden.bytes("answers/" + name + ".json");

        Envelope<?> read = ApiJson.readList(recorded, Class.forName("io.drove.model.wire." + type));

        assertSame(recorded, read);
    }

    @Test
    void recorded_map_is_written_as_it_was_read() {
        byte[] recorded = Golden.bytes("answers/applications.json");

        assertSame(recorded, ApiJson.readMap(recorded, AppSummary.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"name\": null,"})
    void a_spec_of_another_release_that_names_no_app_is_read(String name) {
        byte[] answer = ("{\"status\": \"SUCCESS\", \"data\": {" + name + "\"version\": \"1\"}}").getBytes(UTF_8);

        AppSpec spec = requireNonNull(ApiJson.read(answer, AppSpec.class).data());

        assertThat(spec.name()).isEmpty();
        assertThat(spec.version()).isEqualTo("1");
    }

    private static void assertSame(byte[] recorded, Envelope<?> read) {
        JsonNode written = Golden.JSON.readTree(ApiJson.write(read));
        assertThat(written).isEqualTo(Golden.JSON.readTree(recorded));
        List<String> order = List.copyOf(written.propertyNames());
        assertThat(order).isEqualTo(List.copyOf(Golden.JSON.readTree(recorded).propertyNames()));
    }

    @Test
    void fields_come_in_the_order_of_the_original() {
        byte[] recorded = Golden.bytes("answers/instances.json");

        String written = new String(ApiJson.write(ApiJson.readList(recorded, InstanceInfo.class)), UTF_8);

        assertThat(written).isEqualTo(new String(recorded, UTF_8).strip());
    }

    @Test
    void a_spec_is_written_as_it_was_posted_with_durations_in_the_long_form() {
        ObjectNode posted = Golden.everything();
        AppSpec spec = ((AppOperation.Create) valid(posted)).spec();

        JsonNode written = Golden.JSON.readTree(ApiJson.write(spec));

        ObjectNode expected = (ObjectNode) posted.get("spec");
        // What the reference's example leaves to the defaults.
        expected.putArray("devices");
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void any_spec_and_operation_reads_back_as_written() {
        RandomOperations random = new RandomOperations(new Random(3));
        UserDocuments documents = new UserDocuments(new SpecRules(List.of(), List.of(), false, true));
        for (int round = 0; round < 300; round++) {
            AppOperation operation = random.operation();

            Decoded<AppOperation> read = documents.operation(ApiJson.write(operation));

            assertThat(read).isEqualTo(new Decoded.Valid<>(operation, read.warnings()));
            assertThat(read.warnings()).allMatch(warning -> !warning.contains("not known"));
        }
    }

    @Test
    void an_operation_is_written_with_the_discriminator_that_is_read() {
        AppOperation scale = new AppOperation.Scale(new AppId("SHOP-3"), 5, OpSpec.DEFAULT);

        assertThat(text(scale))
                .isEqualTo("{\"type\":\"SCALE\",\"appId\":\"SHOP-3\",\"requiredInstances\":5,\"opSpec\":"
                        + "{\"timeout\":\"300 seconds\",\"parallelism\":1,\"failureStrategy\":\"STOP\"}}");
    }

    @Test
    void secrets_are_masked_on_a_copy() {
        AppSpec spec = ((AppOperation.Create) valid(secretive())).spec();
        String before = text(spec);

        String masked = text(SpecMask.mask(spec));

        assertThat(masked).contains("\"data\":\"\"").doesNotContain("aGVsbG8=");
        assertThat(masked).contains("\"username\":\"***\",\"password\":\"***\",\"authHeader\":\"***\"");
        assertThat(masked).doesNotContain("sesame").doesNotContain("alice").doesNotContain("Bearer x");
        assertThat(text(spec)).isEqualTo(before).contains("aGVsbG8=").contains("sesame");
    }

    /** A client that reads a spec, edits it and deploys it would otherwise run with stars for its {@code Content-Type} and its checks' payloads. */
    @Test
    void headers_payloads_and_checks_are_shown_as_the_contract_says() {
        ObjectNode document = secretive();
        JsonNode configs = document.at("/spec/configs");
        ((ObjectNode) configs.get(configs.size() - 1).get("http"))
                .put("payload", "what-is-posted")
                .putObject("headers")
                .put("Content-Type", "text/special");
        ((ObjectNode) document.get("spec")).set("readiness", check("ready?"));
        AppSpec spec = ((AppOperation.Create) valid(document)).spec();

        AppSpec masked = SpecMask.mask(spec);

        assertThat(text(masked)).contains("what-is-posted", "text/special", "ready?");
        assertThat(masked.readiness()).isEqualTo(spec.readiness());
    }

    @Test
    void what_is_not_there_is_not_masked() {
        AppSpec spec = ((AppOperation.Create) valid(Golden.everything())).spec();

        AppSpec masked = SpecMask.mask(spec);

        assertThat(masked.healthcheck()).isEqualTo(spec.healthcheck());
        assertThat(masked.preShutdown()).isEqualTo(spec.preShutdown());
    }

    /** It would run with stars for its secrets: {@code --strict} refuses it. */
    @Test
    void a_spec_that_was_read_back_and_is_sent_again_is_warned_of_for_each_secret() {
        ObjectNode document = secretive();
        AppSpec spec = ((AppOperation.Create) valid(document)).spec();
        int last = spec.configs().size() - 1;

        Decoded<AppSpec> again = new UserDocuments(SpecRules.DEFAULT).appSpec(ApiJson.write(SpecMask.mask(spec)));

        assertThat(again.warnings())
                .filteredOn(warning -> warning.contains("is ***: a spec that was read back has its secrets masked"))
                .extracting(warning -> warning.substring(0, warning.indexOf(" is ***")))
                .containsExactly(
                        "configs[" + last + "].http.username",
                        "configs[" + last + "].http.password",
                        "configs[" + last + "].http.authHeader");
    }

    private static ObjectNode check(String payload) {
        ObjectNode check = Golden.JSON.createObjectNode();
        check.put("timeout", "1s").put("interval", "1s").put("attempts", 1);
        check.putObject("mode")
                .put("type", "HTTP")
                .put("portName", "main")
                .put("path", "/")
                .put("verb", "POST")
                .put("payload", payload)
                .putArray("successCodes")
                .add(200);
        return check;
    }

    private static ObjectNode secretive() {
        ObjectNode document = Golden.everything();
        document.withArray("/spec/configs")
                .addObject()
                .put("type", "EXECUTOR_HTTP_FETCH")
                .put("localFilename", "/etc/secret")
                .putObject("http")
                .put("hostname", "config")
                .put("username", "alice")
                .put("password", "sesame")
                .put("authHeader", "Bearer x");
        return document;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pull_policy_is_shown_only_when_chosen(boolean chosen) {
        ObjectNode document = Golden.everything();
        if (chosen) {
            ((ObjectNode) document.at("/spec/executable")).put("pullPolicy", "if_not_present");
        }

        assertThat(text(((AppOperation.Create) valid(document)).spec()).contains("\"pullPolicy\":\"IF_NOT_PRESENT\""))
                .isEqualTo(chosen);
        assertThat(text(valid(document)).contains("pullPolicy")).isEqualTo(chosen);
    }

    @Test
    void an_operation_record_leaves_out_its_end_while_it_runs() {
        OperationInfo running = new OperationInfo(
                new OperationId(1, 2),
                new AppId("SHOP-3"),
                "SCALE_INSTANCES",
                OperationState.RUNNING,
                "",
                10,
                11,
                null,
                TimeSpan.ofMinutes(5),
                2,
                FailureStrategy.ROLLBACK,
                new OperationInfo.Progress(5, 2, 1),
                "waiting for 2 instances to become HEALTHY");

        assertThat(text(Envelope.success(running)))
                .isEqualTo(
                        "{\"status\":\"SUCCESS\",\"data\":{\"operationId\":\"OP-00000000-0000-0001-0000-000000000002\","
                                + "\"appId\":\"SHOP-3\",\"type\":\"SCALE_INSTANCES\",\"state\":\"RUNNING\",\"reason\":\"\","
                                + "\"created\":10,\"updated\":11,\"timeout\":\"5 minutes\",\"parallelism\":2,"
                                + "\"failureStrategy\":\"ROLLBACK\",\"progress\":{\"wanted\":5,\"done\":2,\"failed\":1},"
                                + "\"detail\":\"waiting for 2 instances to become HEALTHY\"},\"message\":\"success\"}");
        assertThat(ApiJson.read(ApiJson.write(Envelope.success(running)), OperationInfo.class))
                .isEqualTo(Envelope.success(running));
    }

    @Test
    void an_executor_is_described_as_in_the_reference() {
        ExecutorId id = new ExecutorId("93b6");
        ExecutorNodeData data = new ExecutorNodeData(
                "EXECUTOR",
                "h",
                3000,
                Transport.HTTP,
                5,
                new ExecutorNodeData.Resources(
                        id,
                        ExecutorNodeData.Cpus.of(new TreeMap<>(Map.of(0, CoreSet.of(2, 3))), new TreeMap<>()),
                        ExecutorNodeData.Memory.of(new TreeMap<>(Map.of(0, 20296L)), new TreeMap<>(Map.of(0, 192L))),
                        new ExecutorNodeData.Layout(
                                new TreeMap<>(Map.of(0, CoreSet.of(0, 1))), new TreeMap<>(Map.of(0, 5122L)))),
                List.of(),
                List.of(),
                List.of(),
                new TreeSet<>(List.of("h")),
                Map.of(),
                ExecutorState.ACTIVE);

        assertThat(text(data))
                .isEqualTo("{\"type\":\"EXECUTOR\",\"hostname\":\"h\",\"port\":3000,\"transportType\":\"HTTP\","
                        + "\"updated\":5,\"state\":{\"executorId\":\"93b6\",\"cpus\":{\"type\":\"CPU\",\"freeCores\":"
                        + "{\"0\":[2,3]},\"usedCores\":{}},\"memory\":{\"type\":\"MEMORY\",\"freeMemory\":{\"0\":20296},"
                        + "\"usedMemory\":{\"0\":192}},\"layout\":{\"cores\":{\"0\":[0,1]},\"memory\":{\"0\":5122}}},"
                        + "\"instances\":[],\"tasks\":[],\"serviceInstances\":[],\"tags\":[\"h\"],\"metadata\":{},"
                        + "\"executorState\":\"ACTIVE\"}");
    }

    @Test
    void allocations_are_written_by_numa_node() {
        assertThat(text(new Holder(AllocatedResource.of(new Allocation(1, CoreSet.of(66, 7), 64)))))
                .isEqualTo("{\"resources\":[{\"type\":\"CPU\",\"cores\":{\"1\":[7,66]}},"
                        + "{\"type\":\"MEMORY\",\"memoryInMB\":{\"1\":64}}]}");
    }

    record Holder(List<AllocatedResource> resources) {}

    @Test
    void refusals_carry_lines_parts_and_warnings() {
        ObjectNode document = Golden.everything();
        document.put("instances", -1).put("instnces", 4);

        Decoded.Invalid<?> refused = (Decoded.Invalid<?>) Golden.operation(document);

        assertThat(text(Envelope.invalid(refused)))
                .isEqualTo("{\"status\":\"FAILED\",\"data\":{\"validationErrors\":[\"instances must be greater than or"
                        + " equal to 0 (found -1, allowed 0 to 2048)\"],\"problems\":[{\"path\":\"instances\","
                        + "\"message\":\"instances must be greater than or equal to 0\",\"found\":\"-1\","
                        + "\"allowed\":\"0 to 2048\"}]},\"message\":\"Command validation failure\",\"warnings\":"
                        + "[\"instnces is not known and is ignored (did you mean 'instances'?)\"]}");
        assertThat(text(Envelope.refused(List.of("No state found for app: X"))))
                .isEqualTo("{\"status\":\"FAILED\",\"data\":{\"validationErrors\":[\"No state found for app: X\"],"
                        + "\"problems\":[]},\"message\":\"Command validation failure\"}");
        assertThat(text(Envelope.success())).isEqualTo("{\"status\":\"SUCCESS\",\"message\":\"success\"}");
        assertThat(text(Envelope.failed("App X not found")))
                .isEqualTo("{\"status\":\"FAILED\",\"message\":\"App X not found\"}");
        assertThat(text(Envelope.success(new SpecAccepted(true), List.of("odd"))))
                .isEqualTo("{\"status\":\"SUCCESS\",\"data\":{\"valid\":true},\"message\":\"success\","
                        + "\"warnings\":[\"odd\"]}");
    }

    @Test
    void answers_of_other_versions_are_read_with_what_they_have() {
        byte[] answer = "{\"status\":\"SUCCESS\",\"data\":{\"id\":\"A-1\",\"future\":{}},\"message\":\"success\"}"
                .getBytes(UTF_8);

        AppSummary read = ApiJson.read(answer, AppSummary.class).data();

        assertThat(read).isNotNull();
        assertThat(read.tags()).isEmpty();
        assertThat(read.name()).isEmpty();
        assertThat(read.healthyInstances()).isZero();
    }

    private static AppOperation valid(JsonNode document) {
        Decoded<AppOperation> read = Golden.operation(document);
        assertThat(read).isInstanceOf(Decoded.Valid.class);
        return ((Decoded.Valid<AppOperation>) read).value();
    }

    private static String text(Object answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ApiJson.write(answer, out);
        return out.toString(UTF_8);
    }
}
