package io.drove.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a spec can ask for beyond the sample: config files from a server, and checks over HTTPS. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpecFeaturesRealTest {
    private static final String EXECUTOR = "EXECUTOR_HTTP_FETCH";
    private static final String CONTROLLER = "CONTROLLER_HTTP_FETCH";

    private DevClusterFixture cluster;
    private ConfigServer configs;

    @BeforeAll
    void start(@TempDir Path home, @TempDir Path image) throws Exception {
        SampleImageFixture.ensure();
        TlsImage.make(image);
        configs = new ConfigServer();
        cluster = DevClusterFixture.start(home, Map.of(), "{}");
    }

    @AfterAll
    void stop() throws Exception {
        cluster.remove();
        configs.close();
        EngineCommand.docker("rmi", TlsImage.NAME);
    }

    @Test
    void config_files_are_fetched_by_executor_and_controller_with_the_password_that_the_spec_gives() throws Exception {
        ObjectNode spec = HelloSpec.named("fetches");
        ArrayNode files = spec.putArray("configs");
        config(files, EXECUTOR, "/www/executor-open", configs.call("/open"));
        config(files, EXECUTOR, "/www/executor-guarded", withPassword(configs.call("/guarded")));
        config(files, CONTROLLER, "/www/controller-open", configs.call("/open"));
        config(files, CONTROLLER, "/www/controller-guarded", withPassword(configs.call("/guarded")));

        JsonNode instance = cluster.run(spec);

        for (String fetched : new String[] {"executor", "controller"}) {
            assertThat(get(instance, "/" + fetched + "-open")).isEqualTo("open to all");
            assertThat(get(instance, "/" + fetched + "-guarded")).isEqualTo("for readers");
        }
        assertThat(cluster.client().spec("fetches-1").data().toString()).doesNotContain(ConfigServer.PASSWORD);
    }

    @Test
    void a_config_that_cannot_be_fetched_ends_the_start_with_the_reason_and_the_address() throws Exception {
        Map<String, ObjectNode> calls = Map.of(
                "it answered 500, wanted 200", configs.call("/sick"),
                "it answered 401, wanted 200", configs.call("/guarded"),
                "the answer is larger than 1048576 bytes", configs.call("/large"),
                "no answer within 300 ms", configs.silentCall().put("operationTimeout", "300ms"),
                "there is no host no-such-host.invalid", configs.call("/").put("hostname", "no-such-host.invalid"));
        int number = 0;
        for (ObjectNode call : calls.values()) {
            begin("bad-executor-" + number, EXECUTOR, call);
            begin("bad-controller-" + number++, CONTROLLER, call);
        }

        number = 0;
        for (Map.Entry<String, ObjectNode> expected : calls.entrySet()) {
            ObjectNode call = expected.getValue();
            String address = "http://" + call.path("hostname").asString() + ":"
                    + call.path("port").asInt() + call.path("path").asString();
            assertThat(cluster.reasonOfAnEnd("bad-executor-" + number + "-1"))
                    .isEqualTo("Config file /etc/fetched.conf could not be fetched from " + address + ": "
                            + expected.getKey());
            assertThat(cluster.reasonOfAnEnd("bad-controller-" + number++ + "-1"))
                    .isEqualTo("Config file /etc/fetched.conf could not be fetched by the controller from " + address
                            + ": " + expected.getKey());
        }
    }

    @Test
    void checks_over_https_take_a_self_signed_certificate_only_if_the_spec_says_so() throws Exception {
        cluster.begin(overHttps("distrusts", false));

        JsonNode instance = cluster.run(overHttps("trusts", true));

        assertThat(instance.path("errorMessage").asString("")).isEmpty();
        assertThat(cluster.reasonOfAnEnd("distrusts-1"))
                .startsWith("Readiness check failed: Healthcheck error from https://localhost:")
                .containsIgnoringCase("certificate");
    }

    private void begin(String name, String type, ObjectNode call) throws Exception {
        ObjectNode spec = HelloSpec.named(name);
        config(spec.putArray("configs"), type, "/etc/fetched.conf", call);
        cluster.begin(spec);
    }

    private static void config(ArrayNode files, String type, String file, ObjectNode call) {
        files.addObject().put("type", type).put("localFilename", file).set("http", call);
    }

    private static ObjectNode withPassword(ObjectNode call) {
        return call.put("username", ConfigServer.USERNAME).put("password", ConfigServer.PASSWORD);
    }

    private static String get(JsonNode instance, String path) throws Exception {
        return ApiCall.get(DevClusterFixture.address(instance).resolve(path)).body();
    }

    private static ObjectNode overHttps(String name, boolean isInsecure) throws Exception {
        ObjectNode spec = HelloSpec.named(name);
        ((ObjectNode) spec.path("executable")).put("url", TlsImage.NAME);
        ((ObjectNode) spec.path("exposedPorts").get(0))
                .put("port", TlsImage.PORT)
                .put("type", "HTTPS");
        for (String check : new String[] {"readiness", "healthcheck"}) {
            ObjectNode mode = (ObjectNode) spec.path(check).path("mode");
            mode.put("protocol", "HTTPS").put("path", "/").put("insecure", isInsecure);
            ((ObjectNode) spec.path(check)).put("attempts", 2);
        }
        return spec;
    }
}
