package io.drove.bench.scale;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import io.drove.client.Json;
import io.drove.model.app.AppOperation;
import io.drove.model.app.ExposureSpec;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.SpecRules;
import io.drove.model.wire.UserDocuments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class BenchAppsTest {
    private static final BenchApps.Pace PACE = BenchApps.Pace.of(1, 1, 0);
    private static final String UNKNOWN = "app-000002-1";

    private final HttpServer server;
    private final List<String> paths = Collections.synchronizedList(new ArrayList<>());
    private final List<AppOperation> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger broken = new AtomicInteger();
    private volatile boolean isOneUnknown;
    /** The app that is refused once, or empty. */
    private volatile String refused = "";

    BenchAppsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/apis/v1/applications/operations/batch", this::batch);
        server.createContext("/apis/v1/applications/operations", this::single);
        server.createContext("/apis/v1/applications/", exchange -> answer(exchange, 200, "[]"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void apps_may_begin_with_another_number_and_go_again() throws Exception {
        BenchApps others = apps(11, 3);

        createAll(others, 1, 2);
        others.make(others.suspends(2), PACE);
        others.make(others.destroys(1), PACE);

        assertThat(asked)
                .extracting(operation -> operation.printedType() + " " + operation.appId())
                .containsExactly(
                        "CREATE app-000011-1",
                        "CREATE app-000012-1",
                        "CREATE app-000013-1",
                        "SUSPEND app-000011-1",
                        "SUSPEND app-000012-1",
                        "SUSPEND app-000013-1",
                        "DESTROY app-000011-1",
                        "DESTROY app-000012-1",
                        "DESTROY app-000013-1");
    }

    @Test
    void apps_go_in_calls_of_so_many_and_the_last_has_the_rest() throws Exception {
        BenchApps.Accepted accepted = createAll(apps(5), 3, 2);

        assertThat(paths).hasSize(3).allMatch(path -> path.endsWith("/batch"));
        assertThat(accepted.times()).hasSize(3);
        assertThat(accepted.operations())
                .containsExactly(
                        "OP-app-000001-1", "OP-app-000002-1", "OP-app-000003-1", "OP-app-000004-1", "OP-app-000005-1");
        assertThat(asked).allSatisfy(operation -> {
            AppOperation.Create create = (AppOperation.Create) operation;
            ExposureSpec exposure = requireNonNull(create.spec().exposureSpec());
            assertThat(create.instances()).isEqualTo(3);
            assertThat(exposure.vhost()).isEqualTo(create.spec().name() + ".example.org");
        });
    }

    @Test
    void what_a_call_does_not_know_of_is_looked_up_and_then_asked_for_again() throws Exception {
        isOneUnknown = true;
        BenchApps apps = apps(3);

        BenchApps.Accepted accepted = createAll(apps, 1, 3);

        assertThat(accepted.operations()).containsExactly("OP-app-000001-1", "OP-app-000002-1", "OP-app-000003-1");
        assertThat(paths)
                .containsExactly(
                        "/apis/v1/applications/operations/batch",
                        "/apis/v1/applications/" + UNKNOWN + "/operations",
                        "/apis/v1/applications/operations/batch");
        assertThat(asked).hasSize(4).last().extracting(AppOperation::appId).hasToString(UNKNOWN);
        assertThat(asked.getLast()).isEqualTo(asked.get(1));
        assertThat(apps.unanswered()).isEqualTo(1);
    }

    @Test
    void what_a_later_call_did_not_begin_is_asked_for_again_by_its_own_numbers() throws Exception {
        refused = "app-000005-1";
        BenchApps apps = apps(6);

        BenchApps.Accepted accepted = createAll(apps, 1, 3);

        assertThat(accepted.operations()).hasSize(6).endsWith("OP-app-000005-1", "OP-app-000006-1");
        assertThat(paths).hasSize(3).allMatch(path -> path.endsWith("/batch"));
        assertThat(asked).hasSize(7);
        assertThat(asked.getLast()).isEqualTo(asked.get(4));
        assertThat(asked.getLast().appId()).hasToString("app-000005-1");
        assertThat(apps.unanswered()).isEqualTo(1);
    }

    @Test
    void a_call_that_is_not_answered_counts_for_each_of_its_apps() throws Exception {
        broken.set(1);
        BenchApps apps = apps(2);

        assertThat(createAll(apps, 1, 2).operations()).hasSize(2);
        assertThat(apps.unanswered()).isEqualTo(2);
    }

    @Test
    void one_app_a_call_is_posted_as_any_operation() throws Exception {
        assertThat(createAll(apps(2), 1, 1).operations()).containsExactly("OP-app-000001-1", "OP-app-000002-1");
        assertThat(paths).hasSize(2).allMatch(path -> path.endsWith("/applications/operations"));
    }

    @Test
    void one_app_whose_call_is_not_answered_is_looked_up_and_asked_for_again() throws Exception {
        broken.set(1);
        BenchApps apps = apps(1);

        assertThat(createAll(apps, 1, 1).operations()).containsExactly("OP-app-000001-1");
        assertThat(paths)
                .containsExactly(
                        "/apis/v1/applications/operations",
                        "/apis/v1/applications/app-000001-1/operations",
                        "/apis/v1/applications/operations");
        assertThat(apps.unanswered()).isEqualTo(1);
    }

    @Test
    void scaling_asks_for_so_many_instances_of_each() throws Exception {
        BenchApps apps = apps(2);

        apps.make(apps.scales(7), PACE);

        assertThat(asked)
                .hasSize(2)
                .allSatisfy(operation -> assertThat(((AppOperation.Scale) operation).requiredInstances())
                        .isEqualTo(7));
        assertThat(asked)
                .extracting(operation -> operation.appId().toString())
                .containsExactly("app-000001-1", "app-000002-1");
    }

    @Test
    void calls_are_written_before_the_first_is_made_and_let_go_of_when_they_are() throws Exception {
        BenchApps apps = apps(3);
        BenchApps.Calls calls = apps.creates(1, 2);
        assertThat(paths).isEmpty();

        apps.make(calls, PACE);

        assertThatThrownBy(() -> apps.make(calls, PACE))
                .isInstanceOf(MeasurementFailed.class)
                .hasMessageContaining("a call is made once");
    }

    private static BenchApps.Accepted createAll(BenchApps apps, int instances, int perCall)
            throws InterruptedException {
        return apps.make(apps.creates(instances, perCall), PACE);
    }

    private BenchApps apps(int count) {
        return apps(1, count);
    }

    private BenchApps apps(int first, int count) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new BenchApps(new DroveClient(Connection.to(List.of(address), new Credentials.None())), first, count);
    }

    private void batch(HttpExchange exchange) throws IOException {
        Decoded<List<AppOperation>> read = new UserDocuments(SpecRules.DEFAULT)
                .operations(exchange.getRequestBody().readAllBytes());
        List<AppOperation> operations = ((Decoded.Valid<List<AppOperation>>) read).value();
        assertThat(read.warnings()).isEmpty();
        if (broken.getAndDecrement() > 0) {
            answer(exchange, 503, "null");
            return;
        }
        asked.addAll(operations);
        isOneUnknown = isOneUnknown && operations.size() > 1;
        String outcomes = operations.stream().map(this::outcome).collect(Collectors.joining(","));
        answer(exchange, isOneUnknown ? 500 : 200, "{\"operations\":[" + outcomes + "]}");
    }

    private String outcome(AppOperation operation) {
        ObjectNode outcome = Json.object().put("appId", operation.appId().toString());
        if (operation.appId().toString().equals(refused)) {
            refused = "";
            outcome.putArray("refusals").add("busy");
            return Json.compact(outcome);
        }
        return Json.compact(
                isOneUnknown && operation.appId().toString().equals(UNKNOWN)
                        ? outcome.put("unknown", "look")
                        : outcome.put("operationId", "OP-" + operation.appId()));
    }

    private void single(HttpExchange exchange) throws IOException {
        Decoded<AppOperation> read = new UserDocuments(SpecRules.DEFAULT)
                .operation(exchange.getRequestBody().readAllBytes());
        AppOperation operation = ((Decoded.Valid<AppOperation>) read).value();
        if (broken.getAndDecrement() > 0) {
            answer(exchange, 503, "null");
            return;
        }
        asked.add(operation);
        answer(exchange, 200, "{\"appId\":\"%1$s\",\"operationId\":\"OP-%1$s\"}".formatted(operation.appId()));
    }

    private void answer(HttpExchange exchange, int status, String data) throws IOException {
        paths.add(exchange.getRequestURI().getPath());
        String body = "{\"status\":\"%s\",\"message\":\"m\",\"data\":%s}"
                .formatted(status == 200 ? "SUCCESS" : "FAILED", data);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
