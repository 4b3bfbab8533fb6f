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
import tools.jackson.databind.node.ObjectNode;

/** Images from a registry that asks for a password, for each pull policy, and what is said when there is none to be had. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryRealTest {
    private RegistryFixture registry;
    private DevClusterFixture cluster;

    @BeforeAll
    void start(@TempDir Path home, @TempDir Path images) throws Exception {
        SampleImageFixture.ensure();
        registry = RegistryFixture.start(images);
        cluster = DevClusterFixture.start(home, Map.of(), """
                executor:
                  dockerAuth:
                    entries:
                      "%s": {type: CREDENTIALS, username: %s, password: %s}
                      "%s": {type: CREDENTIALS, username: %s, password: wrong}
                """.formatted(
                        registry.name(),
                        RegistryFixture.USERNAME,
                        RegistryFixture.PASSWORD,
                        registry.otherName(),
                        RegistryFixture.USERNAME));
    }

    @AfterAll
    void stop() throws Exception {
        cluster.remove();
        registry.stop();
        for (String image : EngineCommand.docker(
                        "images", "--format", "{{.Repository}}:{{.Tag}}", registry.name() + "/*/*")
                .lines()
                .toList()) {
            EngineCommand.docker("rmi", image);
        }
    }

    @Test
    void always_takes_what_the_registry_has_now_and_if_not_present_what_is_here() throws Exception {
        String image = registry.name() + "/team/moving:1";
        registry.push(image, "first");
        assertThat(content(cluster.run(spec("always-first", image, "ALWAYS")))).isEqualTo("first");
        pushBesides(image, "second");

        assertThat(content(cluster.run(spec("if-absent", image, "IF_NOT_PRESENT"))))
                .isEqualTo("first");
        assertThat(content(cluster.run(spec("never", image, "NEVER")))).isEqualTo("first");
        assertThat(content(cluster.run(spec("always-second", image, "ALWAYS")))).isEqualTo("second");
    }

    @Test
    void an_image_that_is_nowhere_a_wrong_password_and_a_policy_that_forbids_it_are_each_named() throws Exception {
        String missing = registry.name() + "/team/missing:1";
        String forbidden = registry.otherName() + "/team/forbidden:1";
        cluster.begin(spec("missing", missing, "IF_NOT_PRESENT"));
        cluster.begin(spec("forbidden", forbidden, "IF_NOT_PRESENT"));
        cluster.begin(spec("not-here", missing, "NEVER"));

        assertThat(cluster.reasonOfAnEnd("missing-1"))
                .startsWith("Error while pulling image " + missing + ": ")
                .containsIgnoringCase("manifest unknown");
        assertThat(cluster.reasonOfAnEnd("forbidden-1"))
                .startsWith("Error while pulling image " + forbidden + ": ")
                .contains("unauthorized");
        assertThat(cluster.reasonOfAnEnd("not-here-1"))
                .isEqualTo("Error while pulling image " + missing
                        + ": it is not on this machine, and its pull policy is NEVER");
    }

    @Test
    void while_the_registry_is_down_an_image_that_is_here_is_used_and_the_instance_says_so() throws Exception {
        String image = registry.name() + "/team/kept:1";
        registry.push(image, "kept");
        cluster.run(spec("before", image, "ALWAYS"));
        registry.stop();
        try {
            cluster.begin(spec("unreachable", registry.name() + "/team/other:1", "IF_NOT_PRESENT"));

            JsonNode instance = cluster.run(spec("meanwhile", image, "ALWAYS"));

            assertThat(content(instance)).isEqualTo("kept");
            assertThat(instance.path("errorMessage").asString(""))
                    .startsWith("Image " + image + " could not be pulled, the one that is here is used: ")
                    .contains("connection refused");
            assertThat(cluster.reasonOfAnEnd("unreachable-1"))
                    .startsWith("Error while pulling image " + registry.name() + "/team/other:1: ")
                    .contains("connection refused");
        } finally {
            registry.startAgain();
        }
    }

    /** Changes what the registry has, and leaves what the engine has under that name. */
    private void pushBesides(String image, String label) throws Exception {
        String aside = registry.name() + "/team/aside:1";
        EngineCommand.docker("tag", image, aside);
        EngineCommand.docker("rmi", image);
        registry.push(image, label);
        EngineCommand.docker("tag", aside, image);
        EngineCommand.docker("rmi", aside);
    }

    /** The label of the image of which the instance's container was made. */
    private static String content(JsonNode instance) throws Exception {
        return EngineCommand.docker(
                "inspect",
                "--format",
                "{{index .Config.Labels \"test.content\"}}",
                EngineCommand.containerOf(instance.path("instanceId").asString()));
    }

    private static ObjectNode spec(String name, String image, String pullPolicy) throws Exception {
        ObjectNode spec = HelloSpec.named(name);
        ((ObjectNode) spec.path("executable")).put("url", image).put("pullPolicy", pullPolicy);
        return spec;
    }
}
