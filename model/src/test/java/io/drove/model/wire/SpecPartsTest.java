package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppSpec;
import io.drove.model.app.OpSpec;
import io.drove.model.check.CheckSpec;
import io.drove.model.container.Executable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

// Whether parts are the same objects is what is tested.
@SuppressWarnings("ReferenceEquality")
final class SpecPartsTest {
    private static final JsonMapper JSON = InternalCodec.json();
    private static final UserDocuments DOCUMENTS = new UserDocuments(SpecRules.DEFAULT);

    @Test
    void whatever_is_shared_equals_what_it_was_and_is_written_the_same() {
        RandomModel random = new RandomModel(new Random(11));
        for (int i = 0; i < 1_000; i++) {
            AppSpec spec = random.make(AppSpec.class);

            AppSpec shared = SpecParts.shared(spec);

            assertThat(shared).isEqualTo(spec).hasSameHashCodeAs(spec);
            assertThat(JSON.writeValueAsString(shared)).isEqualTo(JSON.writeValueAsString(spec));
            OpSpec how = random.make(OpSpec.class);
            assertThat(SpecParts.shared(how)).isEqualTo(how);
        }
    }

    @Test
    void specs_that_differ_in_name_have_all_else_in_common() {
        AppSpec one = spec("one", "registry/image:1", "\"A\": \"1\"");
        AppSpec two = spec("two", "registry/image:1", "\"A\": \"1\"");

        assertThat(parts(two)).usingElementComparator(SpecPartsTest::byObject).containsExactlyElementsOf(parts(one));
    }

    @Test
    void where_a_part_is_new_what_it_is_made_of_need_not_be() {
        AppSpec one = spec("one", "registry/image:1", "\"ONE\": \"value\"");
        AppSpec two = spec("two", "registry/image:2", "\"ONE\": \"value\", \"TWO\": \"2\"");

        assertThat(pullTimeout(two)).isSameAs(pullTimeout(one));
        assertThat(two.env().get("ONE")).isSameAs(one.env().get("ONE"));
        assertThat(two.executable())
                .isEqualTo(new Executable.Docker(
                        "registry/image:2",
                        ((Executable.Docker) one.executable()).pullTimeout(),
                        ((Executable.Docker) one.executable()).pullPolicy()));
    }

    @Test
    void maps_that_are_written_in_another_order_stay_so() {
        AppSpec one = spec("one", "registry/image:1", "\"A\": \"1\", \"B\": \"2\"");
        AppSpec two = spec("two", "registry/image:1", "\"B\": \"2\", \"A\": \"1\"");

        assertThat(one.env().keySet()).containsExactly("A", "B");
        assertThat(two.env().keySet()).containsExactly("B", "A");
        assertThat(two.env()).isEqualTo(one.env());
    }

    @Test
    void parts_are_found_again_among_many_that_are_not() {
        Set<CheckSpec> checks = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 3_000; i++) {
            checks.add(spec("app-" + i, "registry/other:" + i, "\"NUMBER\": \"" + i + "\"")
                    .healthcheck());
        }

        assertThat(checks).hasSizeLessThan(10);
    }

    private static Object pullTimeout(AppSpec spec) {
        return ((Executable.Docker) spec.executable()).pullTimeout();
    }

    private static int byObject(Object one, Object other) {
        return one == other ? 0 : 1;
    }

    private static List<Object> parts(AppSpec spec) {
        return List.of(
                spec.version(),
                spec.executable(),
                spec.exposedPorts(),
                spec.volumes(),
                spec.logging(),
                spec.resources(),
                spec.placementPolicy(),
                spec.healthcheck(),
                spec.readiness(),
                spec.tags(),
                spec.env(),
                spec.args(),
                spec.preShutdown());
    }

    private static AppSpec spec(String name, String image, String env) {
        byte[] json = """
                {"name": "%s", "version": "1", "type": "SERVICE",
                 "executable": {"type": "DOCKER", "url": "%s", "dockerPullTimeout": "100 seconds"},
                 "exposedPorts": [{"name": "main", "port": 8000, "type": "HTTP"}],
                 "volumes": [{"pathInContainer": "/data", "pathOnHost": "/mnt/data", "mode": "READ_ONLY"}],
                 "resources": [{"type": "CPU", "count": 1}, {"type": "MEMORY", "sizeInMB": 512}],
                 "placementPolicy": {"type": "ANY"}, "args": ["serve"],
                 "readiness": {"mode": {"type": "HTTP", "portName": "main", "path": "/ready", "verb": "GET", "successCodes": [200]},
                   "timeout": "1 second", "interval": "5 seconds", "attempts": 10},
                 "healthcheck": {"mode": {"type": "CMD", "command": "true"}, "timeout": "1 second", "interval": "60 seconds", "attempts": 3},
                 "tags": {"team": "a"}, "env": {%s}}""".formatted(name, image, env).getBytes(UTF_8);
        return ((Decoded.Valid<AppSpec>) DOCUMENTS.appSpec(json)).value();
    }
}
