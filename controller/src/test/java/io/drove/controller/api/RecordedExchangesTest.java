package io.drove.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.state.InstanceRecord;
import io.drove.model.instance.InstanceState;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our answers beside those of the original (reference, captures). */
class RecordedExchangesTest {
    private final ApiServer api = new ApiServer();
    private final ScriptedCluster cluster = api.cluster;
    private final List<String> differences = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void an_empty_cluster_answers_as_the_original() {
        cluster.executor(ScriptedCluster.inventory("localhost", 40));

        for (String name : List.of(
                "002-empty_cluster",
                "012-empty_endpoints",
                "022-other_apis_v1_nosuch",
                "024-no_auth",
                "026-bad_password",
                "028-malformed_basic",
                "030-guest_read",
                "032-guest_write",
                "080-unknown_applications_NOPE-1_spec",
                "082-unknown_applications_NOPE-1_instances_old",
                "090-unknown_cluster_executors_nope",
                "092-unknown_endpoints_app_NOPE",
                "094-unknown_logfiles_applications_NOPE-1_AI-x_read_output.log",
                "096-unknown_applications_from_-1",
                "098-unknown_cluster_events_size_-1",
                "104-method_not_allowed",
                "106-HEAD_applications",
                "108-accept_xml")) {
            same(name);
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void bad_input_is_refused_as_by_the_original() {
        cluster.executor(ScriptedCluster.inventory("localhost", 40));

        for (String name : List.of(
                "038-op_not_json",
                "040-op_unknown_type",
                "042-op_array",
                "044-op_create_without_spec",
                "046-op_create_empty_spec",
                "048-op_create_no_ports",
                "050-op_create_zero_resources_accepted_by_Drove_",
                "052-op_create_cpu_not_a_number",
                "054-op_create_bad_check_port",
                "056-op_create_unknown_placement",
                "058-op_create_port_out_of_range",
                "060-op_create_no_healthcheck",
                "062-op_create_instances_-1",
                "064-op_create_bad_failureStrategy",
                "066-op_scale_unknown_app",
                "068-op_replace_unknown_app",
                "070-op_destroy_unknown_app",
                "072-validate_spec_ok",
                "074-validate_spec_empty")) {
            same(name);
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void an_app_lives_as_with_the_original() {
        cluster.executor(ScriptedCluster.inventory("localhost", 40));

        same("110-create");
        same("112-application_MONITORING");
        same("114-replace_in_MONITORING");
        same("116-start_0_instances");
        cluster.settle();
        same("134-start_while_busy_scale_to_3_");
        same("136-op_while_busy_start");
        same("138-cancel_while_busy_");
        cluster.settle();
        same("134-start_while_busy_scale_to_3_");
        cluster.settle();
        same("140-applications");
        same("142-applications_page");
        same("144-instances");
        same("146-instances_bad_state");
        same("148-instance_of_unknown_id");
        same("150-running_cluster");
        same("152-running_cluster_executors");
        same("154-running_endpoints");
        same("156-running_endpoints_app_TEST_APP");
        same("162-log_read_bad_offset");
        same("200-stop_unknown_instance");
        String stopped = cluster.anInstance().toString();
        api.post(
                "/apis/v1/applications/operations",
                "{\"type\":\"STOP_INSTANCES\",\"appId\":\"TEST_APP-1\",\"instanceIds\":[\"" + stopped
                        + "\"],\"skipRespawn\":true,\"opSpec\":{\"timeout\":\"2m\",\"parallelism\":1,\"failureStrategy\":\"STOP\"}}");
        cluster.settle();
        same("206-instances_old_page");
        same("208-stopped_instance", stopped);
        same("210-scale_to_1");
        cluster.settle();
        same("312-suspend");
        cluster.settle();
        same("314-suspended");
        same("316-destroy");

        assertThat(differences).isEmpty();
    }

    @Test
    void an_instance_that_is_stopping_cannot_be_replaced_as_with_the_original() {
        cluster.executor(ScriptedCluster.inventory("localhost", 40));
        same("110-create");
        same("134-start_while_busy_scale_to_3_");
        cluster.settle();
        InstanceRecord stopping = cluster.instances().getLast();

        cluster.report(stopping, InstanceState.STOPPING, "");

        same("202-replace_one", stopping.id().toString());
        assertThat(differences).isEmpty();
    }

    @Test
    void an_app_that_does_not_get_healthy_cannot_be_destroyed_meanwhile_as_with_the_original() {
        cluster.executor(ScriptedCluster.inventory("localhost", 40));
        RecordedExchange create = RecordedExchange.read("110-create");
        api.post(create.path(), String.valueOf(create.body()).replace("TEST_APP", "BAD_HEALTH"));

        same("222-start_failing_healthcheck");
        same("228-failing_destroy");
        assertThat(differences).isEmpty();
    }

    @Test
    void an_app_that_does_not_start_is_cancelled_and_destroyed_as_with_the_original() {
        cluster.executor(ScriptedCluster.inventory("localhost", 40));

        same("212-create_bad_image");
        cluster.settle();
        api.post(
                "/apis/v1/applications/operations",
                "{\"type\":\"SCALE\",\"appId\":\"BAD_IMAGE-1\",\"requiredInstances\":1,"
                        + "\"opSpec\":{\"timeout\":\"2m\",\"parallelism\":1,\"failureStrategy\":\"STOP\"}}");
        InstanceRecord failing = cluster.instances().getFirst();
        cluster.report(failing, InstanceState.PROVISIONING_FAILED, "Error while pulling image I: no");
        same("216-cancel_running_op");
        cluster.report(failing, InstanceState.STOPPED, "Error while pulling image I: no");
        same("218-bad_image_application_after");
        same("220-bad_image_destroy");

        assertThat(differences).isEmpty();
    }

    @Test
    void events_look_like_the_original_s() {
        cluster.executor(ScriptedCluster.inventory("localhost", 40));
        same("110-create");
        same("134-start_while_busy_scale_to_3_");
        cluster.settle();

        same("008-empty_cluster_events_summary");
        RecordedExchange latest = RecordedExchange.read("308-events_latest");
        var recorded = ApiServer.JSON.readTree(latest.answer()).path("data").path("events");
        var ours = api.data(latest.path().replace("size=5", "size=100")).path("events");
        for (String type : List.of("APP_STATE_CHANGE", "INSTANCE_STATE_CHANGE")) {
            var wanted = recorded.valueStream()
                    .filter(event -> event.path("type").asString().equals(type))
                    .findFirst()
                    .orElseThrow();
            var found = ours.valueStream()
                    .filter(event -> event.path("type").asString().equals(type))
                    .findFirst()
                    .orElseThrow();
            wanted.path("metadata").propertyNames().forEach(key -> {
                if (found.path("metadata").path(key).getNodeType()
                        != wanted.path("metadata").path(key).getNodeType()) {
                    differences.add(type + ": " + key + " in " + found);
                }
            });
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void a_follower_says_so_to_known_callers_only() {
        cluster.leads = false;

        same("620-p2_standby_ping");
        assertThat(api.send(api.request(null, "/apis/v1/ping")).statusCode()).isEqualTo(401);
        assertThat(api.send(api.request("guest", "/apis/v1/operations/x/cancel")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(differences).isEmpty();
    }

    private void same(String name) {
        same(name, cluster.instances().isEmpty() ? "AI-x" : cluster.anInstance().toString());
    }

    private void same(String name, String instance) {
        RecordedExchange recorded = RecordedExchange.read(name, instance);
        HttpRequest.Builder request = api.request(recorded.user(), recorded.path());
        recorded.headers().forEach(request::header);
        String body = recorded.body();
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                recorded.method(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = api.send(request);
        compare(recorded, answer);
    }

    private void compare(RecordedExchange recorded, HttpResponse<String> answer) {
        if (answer.statusCode() != recorded.status()) {
            differences.add(recorded.name() + ": wanted status " + recorded.status() + ", found " + answer.statusCode()
                    + " " + answer.body());
            return;
        }
        for (String header : List.of("Content-Type", "WWW-Authenticate", "Allow")) {
            String wanted = recorded.answerHeaders().getOrDefault(header, "").replaceAll(";.*", "");
            String found = answer.headers().firstValue(header).orElse("").replaceAll(";.*", "");
            if (!wanted.isEmpty() && !found.contains(wanted.replace("GET,OPTIONS", "GET"))) {
                differences.add(recorded.name() + ": wanted " + header + " " + wanted + ", found " + found);
            }
        }
        String wanted = recorded.answer();
        if (wanted == null || wanted.isEmpty()) {
            if (wanted != null && !answer.body().isEmpty()) {
                differences.add(recorded.name() + ": wanted no body, found " + answer.body());
            }
        } else if (wanted.startsWith("{")) {
            Likeness.differences(ApiServer.JSON.readTree(wanted), ApiServer.json(answer))
                    .forEach(difference -> differences.add(recorded.name() + difference));
        } else if (!wanted.equals(answer.body())) {
            differences.add(recorded.name() + ": wanted " + wanted + ", found " + answer.body());
        }
    }
}
