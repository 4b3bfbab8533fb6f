package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.PASSWORD;
import static io.drove.dist.endtoend.DevClusterFixture.USERNAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and what becomes of requests that no client of ours sends. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessRealTest {
    private static final String READER_PASSWORD = "the-readers-own";

    private DevClusterFixture cluster;
    private URI operations;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        cluster = DevClusterFixture.start(home, Map.of(), """
                controller:
                  userAuth:
                    users:
                      - {username: %s, password: %s, role: EXTERNAL_ROOT}
                      - {username: reader, password: %s, role: EXTERNAL_READ_ONLY}
                """.formatted(USERNAME, PASSWORD, READER_PASSWORD));
        operations = cluster.endpoint().resolve("/apis/v1/applications/operations");
    }

    @AfterAll
    void stop() throws Exception {
        cluster.remove();
    }

    @Test
    void a_wrong_password_and_none_at_all_are_refused() throws Exception {
        URI apps = cluster.endpoint().resolve("/apis/v1/applications");

        assertThat(ApiCall.get(apps).status()).isEqualTo(401);
        assertThat(ApiCall.get(apps, USERNAME, "wrong").status()).isEqualTo(401);
        assertThat(ApiCall.get(apps, USERNAME, PASSWORD).status()).isEqualTo(200);
        assertThat(cluster.drove(
                                "--endpoint",
                                cluster.endpoint().toString(),
                                "-u",
                                USERNAME,
                                "-p",
                                "wrong",
                                "apps",
                                "list")
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void a_reader_may_read_and_not_write() throws Exception {
        String body =
                "{\"type\":\"CREATE\",\"instances\":0,\"opSpec\":{\"timeout\":\"1m\",\"parallelism\":1,\"failureStrategy\":\"STOP\"},\"spec\":"
                        + HelloSpec.named("forbidden") + "}";

        assertThat(ApiCall.get(cluster.endpoint().resolve("/apis/v1/applications"), "reader", READER_PASSWORD)
                        .status())
                .isEqualTo(200);
        assertThat(ApiCall.post(operations, "reader", READER_PASSWORD, body).status())
                .isEqualTo(403);
        assertThat(cluster.client().applications().data().has("forbidden-1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "\"CREATE\"", "{\"type\":\"CREATE\"}", "{\"type\":\"NO_SUCH\"}", "\u0000\u0001"})
    void a_malformed_body_is_refused_with_a_reason(String body) throws Exception {
        ApiCall answer = ApiCall.post(operations, USERNAME, PASSWORD, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isNotEmpty().doesNotContain("Exception");
    }

    @Test
    void an_oversized_body_is_refused_and_the_server_lives_on() throws Exception {
        String body = "{\"type\":\"CREATE\",\"padding\":\"" + "x".repeat(3_000_000) + "\"}";

        assertThat(ApiCall.post(operations, USERNAME, PASSWORD, body).status()).isEqualTo(413);
        assertThat(ApiCall.get(cluster.endpoint().resolve("/apis/v1/ping"), USERNAME, PASSWORD)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void secrets_lie_in_files_for_the_owner_alone() throws Exception {
        for (String name : new String[] {"dev.json", "secrets.json", "controller.yml", "executor.yml"}) {
            assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                            java.nio.file.Files.getPosixFilePermissions(
                                    cluster.data().resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }
}
