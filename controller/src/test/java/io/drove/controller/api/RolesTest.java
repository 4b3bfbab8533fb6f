package io.drove.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.controller.link.InstanceTokens;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.wire.SpecRules;
import io.drove.platform.http.HttpServer;
import io.drove.platform.http.OpenToTheWorld;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may call what (reference 2, 11). */
class RolesTest {
    private static final Map<Right, List<String>> PATHS = Map.of(
            Right.READ,
            List.of(
                    "POST /applications/validate/spec",
                    "GET /applications",
                    "GET /applications/A-1",
                    "GET /applications/A-1/spec",
                    "GET /applications/A-1/operations",
                    "GET /applications/A-1/instances",
                    "GET /applications/A-1/instances/old",
                    "GET /applications/A-1/instances/AI-x",
                    "GET /operations/OP-x",
                    "GET /ping",
                    "GET /cluster",
                    "GET /cluster/executors",
                    "GET /cluster/executors/x",
                    "GET /cluster/events",
                    "GET /cluster/events/latest",
                    "GET /cluster/events/summary",
                    "GET /endpoints",
                    "GET /endpoints/app/A"),
            Right.WRITE,
            List.of(
                    "POST /applications/operations",
                    "POST /applications/operations/batch",
                    "POST /applications/operations/A-1/cancel",
                    "POST /operations",
                    "POST /operations/A-1/cancel"),
            Right.READ_LOGS,
            List.of(
                    "GET /logfiles/applications/A-1/AI-x/list",
                    "GET /logfiles/applications/A-1/AI-x/read/output.log",
                    "GET /logfiles/applications/A-1/AI-x/download/output.log"),
            Right.CLUSTER,
            List.of("GET /internal/configs/A-1/0"));
    private static final Map<Right, Set<String>> ALLOWED = Map.of(
            Right.READ, Set.of("root", "admin", "maint", "guest", "norole"),
            Right.WRITE, Set.of("root", "admin"),
            Right.READ_LOGS, Set.of("root", "admin", "guest"));

    @Test
    void every_route_admits_the_roles_of_its_right_and_no_others() {
        List<String> wrong = new ArrayList<>();
        try (ApiServer api = new ApiServer()) {
            PATHS.forEach((right, paths) -> paths.forEach(path -> {
                for (String user : List.of("root", "admin", "maint", "guest", "norole")) {
                    int status = status(api, user, path);
                    boolean isAdmitted = status != 403 && status != 401;
                    if (isAdmitted != ALLOWED.getOrDefault(right, Set.of()).contains(user) || status == 404) {
                        wrong.add(user + " " + path + " " + status);
                    }
                }
                if (status(api, null, path) != 401 || status(api, "admin:wrong", path) != 401) {
                    wrong.add("nobody " + path);
                }
            }));
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void a_process_of_the_cluster_may_read_and_change_nothing() {
        try (ApiServer api = new ApiServer()) {
            assertThat(status(api, "Cluster", "GET /ping")).isEqualTo(200);
            assertThat(status(api, "Cluster", "POST /operations")).isEqualTo(403);
            assertThat(status(api, "Cluster", "GET /logfiles/applications/A-1/AI-x/list"))
                    .isEqualTo(403);
            assertThat(api.send(api.request(null, "/apis/v1/ping")
                                    .header(ClusterSecret.HEADER, "other")
                                    .GET())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void reading_of_logs_can_be_opened_to_every_known_caller() {
        ApiSettings settings = new ApiSettings(
                "localhost:4000",
                ApiServer.users(),
                ApiServer.SECRET,
                SpecRules.DEFAULT,
                true,
                Set.of("POST"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        try (ApiServer api = new ApiServer(settings)) {
            assertThat(status(api, "norole", "GET /logfiles/applications/A-1/AI-x/list"))
                    .isEqualTo(204);
            assertThat(status(api, null, "GET /logfiles/applications/A-1/AI-x/list"))
                    .isEqualTo(401);
        }
    }

    @Test
    void without_users_everybody_is_root_but_on_loopback_only() {
        ApiSettings open = ApiSettings.of("localhost:4000", null, ApiServer.SECRET, SpecRules.DEFAULT);
        try (ApiServer api = new ApiServer(open)) {
            assertThat(status(api, null, "POST /operations/A-1/cancel")).isEqualTo(400);
        }

        HttpServer.Builder beyond = HttpServer.builder("api").bind("0.0.0.0", 0).authenticated(open.isAuthenticated());

        assertThatThrownBy(beyond::start).isInstanceOf(OpenToTheWorld.class);
    }

    @Test
    void a_page_of_another_site_cannot_change_anything_with_the_browser_s_password() {
        try (ApiServer api = new ApiServer()) {
            HttpRequest.Builder foreign = api.request("admin", "/apis/v1/operations/A-1/cancel")
                    .header("Origin", "http://elsewhere.example")
                    .POST(HttpRequest.BodyPublishers.noBody());
            String host = foreign.copy().build().uri().getAuthority();
            HttpRequest.Builder own = api.request("admin", "/apis/v1/operations/A-1/cancel")
                    .header("Origin", "http://" + host)
                    .POST(HttpRequest.BodyPublishers.noBody());

            assertThat(api.send(foreign).statusCode()).isEqualTo(403);
            assertThat(api.send(own).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void strangers_learn_nothing_but_that_they_are_not_known_whatever_they_send_or_accept() {
        try (ApiServer api = new ApiServer()) {
            HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("x");
            for (@Nullable String user : new @Nullable String[] {null, "admin"}) {
                assertThat(api.send(api.request(user, "/apis/v1/operations")
                                        .setHeader("Content-Type", "text/plain")
                                        .POST(body))
                                .statusCode())
                        .isEqualTo(user == null ? 401 : 415);
                assertThat(api.send(api.request(user, "/apis/v1/ping")
                                        .setHeader("Accept", "application/xml")
                                        .GET())
                                .statusCode())
                        .isEqualTo(user == null ? 401 : 406);
            }
        }
    }

    @Test
    void the_token_of_an_instance_opens_nothing_here() {
        String token = new InstanceTokens(new Secret("ControllerSecret"))
                .token(
                        new AppId("A-1"),
                        InstanceId.parse("AI-00000000-0000-0000-0000-000000000001")
                                .orElseThrow(),
                        new ExecutorId("e"),
                        0);
        try (ApiServer api = new ApiServer()) {
            for (String header : List.of("Authorization", "App-Instance-Authorization")) {
                assertThat(api.send(api.request(null, "/apis/v1/ping")
                                        .header(header, "Bearer " + token)
                                        .GET())
                                .statusCode())
                        .isEqualTo(401);
            }
        }
    }

    private static int status(ApiServer api, @Nullable String user, String path) {
        String[] parts = path.split(" ", 2);
        HttpRequest.Builder request = user != null && user.equals("Cluster")
                ? api.request(null, "/apis/v1" + parts[1]).header(ClusterSecret.HEADER, "ControllerSecret")
                : api.request(user, "/apis/v1" + parts[1]);
        return api.send(request.method(parts[0], HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }
}
