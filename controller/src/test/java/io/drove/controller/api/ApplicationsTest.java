package io.drove.controller.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.controller.loop.Unavailable;
import io.drove.core.state.InstanceRecord;
import io.drove.model.container.ConfigSpec;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApplicationsTest {
    private static final String OPERATIONS = "/apis/v1/applications/operations";

    private final ApiServer api = new ApiServer();
    private final ScriptedCluster cluster = api.cluster;

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void apps_are_paged_by_id() {
        for (String name : List.of("C", "A", "D", "B")) {
            create(name, 0);
        }

        assertThat(api.data("/apis/v1/applications?from=1&size=2").propertyNames())
                .containsExactly("B-1", "C-1");
        assertThat(api.data("/apis/v1/applications").propertyNames()).containsExactly("A-1", "B-1", "C-1", "D-1");
        assertThat(api.data("/apis/v1/applications?from=9").propertyNames()).isEmpty();
        assertThat(api.get("/apis/v1/applications?size=x").statusCode()).isEqualTo(404);
        assertThat(api.get("/apis/v1/applications?size=2147483647").statusCode())
                .isEqualTo(400);
    }

    @Test
    void old_instances_are_paged_with_the_last_one_first() {
        cluster.executor(ScriptedCluster.inventory("a", 8));
        create("A", 3);
        cluster.settle();
        operate("{\"type\":\"SCALE\",\"appId\":\"A-1\",\"requiredInstances\":0," + OP_SPEC + "}");
        cluster.settle();

        List<String> all = ids(api.data("/apis/v1/applications/A-1/instances/old"));

        assertThat(all).hasSize(3);
        assertThat(ids(api.data("/apis/v1/applications/A-1/instances/old?start=1&size=1")))
                .containsExactly(all.get(1));
        assertThat(api.data("/apis/v1/applications/A-1/instances/" + all.get(2))
                        .path("state")
                        .asString())
                .isEqualTo("STOPPED");
    }

    @Test
    void states_narrow_the_list_of_instances_in_any_case() {
        cluster.executor(ScriptedCluster.inventory("a", 8));
        create("A", 1);
        cluster.settle();

        assertThat(ids(api.data("/apis/v1/applications/A-1/instances?state=healthy&state=STOPPING")))
                .hasSize(1);
        assertThat(ids(api.data("/apis/v1/applications/A-1/instances?state=STOPPED")))
                .isEmpty();
    }

    @Test
    void a_spec_is_masked_for_eyes_and_stays_as_it_is() {
        String secret = "\"configs\":[{\"type\":\"INLINE\",\"localFilename\":\"/x\",\"data\":\"c2VjcmV0\"}],";
        operate(create("A", 0, secret));

        JsonNode shown = api.data("/apis/v1/applications/A-1/spec");

        assertThat(shown.path("configs").get(0).path("data").asString()).isEmpty();
        ConfigSpec stored = requireNonNull(cluster.published().durable().app(AppId.of("A", "1")))
                .spec()
                .configs()
                .getFirst();
        assertThat(((ConfigSpec.Inline) stored).data().toBytes()).asString().isEqualTo("secret");
    }

    @Test
    void an_accepted_operation_has_an_id_and_a_history() {
        cluster.executor(ScriptedCluster.inventory("a", 8));
        create("A", 0);
        cluster.settle();

        String id = ApiServer.json(
                        operate("{\"type\":\"SCALE\",\"appId\":\"A-1\",\"requiredInstances\":2," + OP_SPEC + "}"))
                .path("data")
                .path("operationId")
                .asString();

        JsonNode running = api.data("/apis/v1/operations/" + id);
        assertThat(running.path("state").asString()).isEqualTo("RUNNING");
        assertThat(running.path("type").asString()).isEqualTo("SCALE_INSTANCES");
        assertThat(running.path("progress").path("wanted").asInt()).isEqualTo(2);
        assertThat(running.path("detail").asString()).contains("0 of 2 done");
        cluster.settle();
        List<String> states = new ArrayList<>();
        api.data("/apis/v1/applications/A-1/operations")
                .forEach(operation -> states.add(operation.path("type").asString() + " "
                        + operation.path("state").asString()));
        assertThat(api.data("/apis/v1/operations/" + id)
                        .path("progress")
                        .path("done")
                        .asInt())
                .isEqualTo(2);
        assertThat(states).containsExactly("SCALE_INSTANCES SUCCEEDED", "CREATE SUCCEEDED");
        assertThat(api.get("/apis/v1/operations/OP-nope").body()).contains("FAILED");
    }

    @Test
    void unknown_fields_are_named_and_accepted() {
        JsonNode answer = ApiServer.json(operate(create("A", 0, "\"colour\":\"red\",")));

        assertThat(answer.path("status").asString()).isEqualTo("SUCCESS");
        assertThat(answer.path("warnings").get(0).asString()).contains("colour");
    }

    @Test
    void instances_without_a_place_are_explained() {
        cluster.executor(ScriptedCluster.inventory("a", 1));
        create("A", 2);
        cluster.settle();

        assertThat(api.data("/apis/v1/applications/A-1").path("notPlaced").asString())
                .contains("No executor of 1 fits");
        String id = api.data("/apis/v1/applications/A-1/operations")
                .get(0)
                .path("operationId")
                .asString();
        assertThat(api.data("/apis/v1/operations/" + id).path("detail").asString())
                .contains("not placed: ");
    }

    @Test
    void what_is_not_known_to_be_done_is_told_apart_from_what_is_not_done() {
        cluster.isInstead = true;
        cluster.instead = CompletableFuture.failedStage(new Unavailable(Unavailable.Reason.OUTCOME_UNKNOWN));
        HttpResponse<String> unknown = operate(create("A", 0, ""));
        cluster.instead = CompletableFuture.failedStage(new Unavailable(Unavailable.Reason.BUSY));
        HttpResponse<String> busy = operate(create("A", 0, ""));
        cluster.instead = CompletableFuture.failedStage(new Unavailable(Unavailable.Reason.NOT_LEADING));
        HttpResponse<String> follower = operate(create("A", 0, ""));

        assertThat(unknown.statusCode()).isEqualTo(500);
        assertThat(unknown.body()).contains("not known", "GET /apis/v1/applications/A-1/operations");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(follower.statusCode()).isEqualTo(400);
        assertThat(follower.body()).contains("This node is not the leader controller");
    }

    @Test
    void endpoints_keep_their_order_and_leave_out_lost_executors() {
        ExecutorId a = cluster.executor(ScriptedCluster.inventory("a", 2));
        ExecutorId b = cluster.executor(ScriptedCluster.inventory("b", 2));
        create("A", 4);
        cluster.settle();
        List<String> before = hosts();
        List<String> byCreation = hostsByCreation(before);

        List<InstanceRecord> onA = cluster.instances().stream()
                .filter(instance -> instance.executor().equals(a))
                .toList();
        cluster.disconnect(a);
        cluster.pass(Duration.ofSeconds(45), b);

        assertThat(before).hasSize(4).isEqualTo(byCreation);
        assertThat(onA).hasSize(2);
        assertThat(hosts()).hasSize(2).allMatch(host -> host.startsWith("b:"));
        JsonNode executors = api.data("/apis/v1/cluster/executors");
        assertThat(executors.findValuesAsString("state")).containsExactlyInAnyOrder("REMOVED", "ACTIVE");
        assertThat(api.get("/apis/v1/cluster/executors/" + a).body()).contains("No executor found with id: " + a);
        assertThat(api.data("/apis/v1/cluster").path("totalCores").asInt()).isEqualTo(2);
        assertThat(api.data("/apis/v1/cluster").path("usedCores").asInt()).isEqualTo(2);
    }

    @Test
    void an_executor_shows_what_is_free_and_what_runs_there() {
        ExecutorId a = cluster.executor(ScriptedCluster.inventory("a", 3));
        create("A", 2);
        cluster.settle();

        JsonNode shown = api.data("/apis/v1/cluster/executors/" + a);

        assertThat(shown.path("state").path("cpus").path("freeCores").path("0").toString())
                .isEqualTo("[2]");
        assertThat(shown.path("state").path("cpus").path("usedCores").path("0").toString())
                .isEqualTo("[0,1]");
        assertThat(shown.path("state")
                        .path("memory")
                        .path("usedMemory")
                        .path("0")
                        .asInt())
                .isEqualTo(128);
        assertThat(shown.path("instances").size()).isEqualTo(2);
        assertThat(shown.path("executorState").asString()).isEqualTo("ACTIVE");
    }

    @Test
    void events_say_what_the_original_s_say() {
        cluster.executor(ScriptedCluster.inventory("a", 3));
        create("A", 1);
        cluster.settle();
        InstanceRecord instance = cluster.instances().getFirst();

        JsonNode ofInstance = metadata("HEALTHY");
        JsonNode ofApp = metadata("RUNNING");
        operate("{\"type\":\"SUSPEND\",\"appId\":\"A-1\"," + OP_SPEC + "}");
        cluster.settle();
        operate("{\"type\":\"DESTROY\",\"appId\":\"A-1\"," + OP_SPEC + "}");
        JsonNode ofStopped = metadata("STOPPED");
        JsonNode ofDestroyed = metadata("DESTROYED");

        String ports = "main:" + instance.ports().getFirst().hostPort() + ":http";
        assertThat(ofInstance.toString())
                .isEqualTo("{\"APP_ID\":\"A-1\",\"APP_NAME\":\"A\",\"CREATED\":" + instance.created()
                        + ",\"CURRENT_STATE\":\"HEALTHY\",\"EXECUTOR_HOST\":\"a\",\"EXECUTOR_ID\":\""
                        + instance.executor()
                        + "\",\"INSTANCE_ID\":\"" + instance.id() + "\",\"PORTS\":\"" + ports + "\"}");
        assertThat(ofStopped.path("PORTS").asString()).isEqualTo(ports);
        assertThat(ofApp.toString())
                .isEqualTo("{\"APP_ID\":\"A-1\",\"APP_NAME\":\"A\",\"APP_VERSION\":\"1\",\"CPU_COUNT\":1,"
                        + "\"CURRENT_INSTANCES\":1,\"CURRENT_STATE\":\"RUNNING\",\"EXECUTABLE\":\"hello:1\",\"MEMORY\":64,"
                        + "\"PLACEMENT_POLICY\":\"ANY\",\"PORTS\":\"main:8000:http\",\"VHOST\":\"a.local\"}");
        assertThat(ofDestroyed.path("APP_NAME").asString()).isEqualTo("A");
    }

    private JsonNode metadata(String state) {
        return api.data("/apis/v1/cluster/events/latest")
                .path("events")
                .valueStream()
                .map(event -> event.path("metadata"))
                .filter(metadata -> metadata.path("CURRENT_STATE").asString().equals(state))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void odd_requests_are_refused_without_harm() {
        assertThat(api.post(OPERATIONS, "[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(api.post(OPERATIONS, "x".repeat(2 << 20)).statusCode()).isEqualTo(413);
        assertThat(api.post(OPERATIONS, "").statusCode()).isEqualTo(400);
        assertThat(api.post(OPERATIONS, "null").body()).contains("The request body must not be null");
        assertThat(api.get("/apis/v1/applications/" + "x".repeat(2_000)).statusCode())
                .isEqualTo(200);
        assertThat(api.get("/apis/v1/applications/%22%3Cscript%3E").body()).contains("App \\\"<script> not found");
        assertThat(api.get("/apis/v1/ping").statusCode()).isEqualTo(200);
    }

    private static final String OP_SPEC =
            "\"opSpec\":{\"timeout\":\"2m\",\"parallelism\":4,\"failureStrategy\":\"STOP\"}";

    private HttpResponse<String> operate(String body) {
        return api.post(OPERATIONS, body);
    }

    private void create(String name, int instances) {
        HttpResponse<String> answer = operate(create(name, instances, ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** A creation; {@code more} are further fields of the spec. */
    static String create(String name, int instances, String more) {
        String check = "{\"mode\":{\"type\":\"CMD\",\"command\":\"true\"},\"timeout\":\"1s\",\"interval\":\"1s\","
                + "\"attempts\":3,\"initialDelay\":\"0s\"}";
        return "{\"type\":\"CREATE\",\"instances\":" + instances + "," + OP_SPEC + ",\"spec\":{" + more + "\"name\":\""
                + name + "\",\"version\":\"1\",\"type\":\"SERVICE\","
                + "\"executable\":{\"type\":\"DOCKER\",\"url\":\"hello:1\",\"dockerPullTimeout\":\"10s\"},"
                + "\"exposedPorts\":[{\"name\":\"main\",\"port\":8000,\"type\":\"HTTP\"}],"
                + "\"resources\":[{\"type\":\"CPU\",\"count\":1},{\"type\":\"MEMORY\",\"sizeInMB\":64}],"
                + "\"placementPolicy\":{\"type\":\"ANY\"},\"healthcheck\":" + check + ",\"readiness\":" + check
                + ",\"exposureSpec\":{\"vhost\":\"a.local\",\"portName\":\"main\",\"mode\":\"ALL\"}}}";
    }

    private List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        api.data("/apis/v1/endpoints?app=A")
                .get(0)
                .path("hosts")
                .forEach(host -> hosts.add(
                        host.path("host").asString() + ":" + host.path("port").asInt()));
        return hosts;
    }

    private List<String> hostsByCreation(List<String> hosts) {
        List<InstanceRecord> all = new ArrayList<>(cluster.instances());
        all.sort(java.util.Comparator.comparingLong(InstanceRecord::created).thenComparing(InstanceRecord::id));
        return all.stream()
                .map(instance -> ":" + instance.ports().getFirst().hostPort())
                .map(port -> hosts.stream()
                        .filter(host -> host.endsWith(port))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private static List<String> ids(JsonNode instances) {
        return instances.findValuesAsString("instanceId");
    }
}
