package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.check.CheckMode;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.HttpCall;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PullPolicy;
import io.drove.model.time.TimeSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every limit accepts its ends and refuses what lies beyond; what is left out means what the reference says. */
class DocumentLimitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/instances | 0 | 2048 | instances must be",
                "/opSpec/parallelism | 1 | 512 | opSpec.parallelism must be",
                "/spec/exposedPorts/0/port | 1 | 65535 | spec.exposedPorts[0].port - Port cannot be",
                "/spec/healthcheck/attempts | 1 | 100 | spec.healthcheck.attempts must be",
                "/spec/placementPolicy/policies/0/max | 1 | 64 | spec.placementPolicy.policies[0].max - M",
                "/spec/resources/0/count | 0 | 1000000 | spec.resources[0].count must be",
                "/spec/resources/1/sizeInMB | 0 | 1099511627776 | spec.resources[1].sizeInMB must be"
            })
    void numbers_are_taken_from_end_to_end(String pointer, long min, long max, String phrase) {
        assertThat(withNumber(pointer, min)).isInstanceOf(Decoded.Valid.class);
        assertThat(withNumber(pointer, max)).isInstanceOf(Decoded.Valid.class);
        assertThat(onlyText(withNumber(pointer, min - 1))).startsWith(phrase);
        assertThat(onlyText(withNumber(pointer, max + 1))).startsWith(phrase);
    }

    private static Decoded<AppOperation> withNumber(String pointer, long number) {
        ObjectNode document = Golden.everything();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), number);
        return Golden.operation(document);
    }

    @ParameterizedTest
    @CsvSource({"START_INSTANCES, instances, 1024", "SCALE, requiredInstances, 2048"})
    void operations_on_many_instances_have_their_own_limits(String type, String field, int max) {
        ObjectNode document = Golden.everything();
        document.put("type", type).put("appId", "A-1").remove("spec");

        assertThat(Golden.operation(document.put(field, max))).isInstanceOf(Decoded.Valid.class);
        assertThat(onlyText(Golden.operation(document.put(field, max + 1))))
                .startsWith(field + " must be less than or equal to " + max);
    }

    @Test
    void stop_names_its_instances_and_replace_need_not() {
        ObjectNode document = Golden.everything();
        document.put("appId", "A-1").remove("spec");

        assertThat(onlyText(Golden.operation(document.put("type", "STOP_INSTANCES"))))
                .isEqualTo("instanceIds must not be empty");
        assertThat(Golden.operation(document.put("type", "REPLACE_INSTANCES"))).isInstanceOf(Decoded.Valid.class);
    }

    @Test
    void log_files_are_kept_from_1_to_100() {
        assertThat(withNumber("/spec/logging/maxFiles", 100)).isInstanceOf(Decoded.Valid.class);
        assertThat(onlyText(withNumber("/spec/logging/maxFiles", 0)))
                .startsWith("spec.logging.maxFiles - At least one log will be present, so min value is 1");
        assertThat(onlyText(withNumber("/spec/logging/maxFiles", 101)))
                .startsWith("spec.logging.maxFiles - Maximum 100 log files can be retained");
    }

    @Test
    void arguments_are_limited_by_their_joined_length() {
        ObjectNode document = Golden.everything();
        ArrayNode args = ((ObjectNode) document.get("spec")).putArray("args");
        args.add("x".repeat(1000)).add("x".repeat(1047));
        assertThat(Golden.operation(document)).isInstanceOf(Decoded.Valid.class);

        args.set(1, "x".repeat(1048));

        assertThat(onlyText(Golden.operation(document)))
                .isEqualTo("Maximum combined length of command line arguments can be 2048"
                        + " (at spec.args, found 2049 characters)");
    }

    @Test
    void more_than_2048_arguments_are_refused() {
        ObjectNode document = Golden.everything();
        ArrayNode args = ((ObjectNode) document.get("spec")).putArray("args");
        for (int i = 0; i < 2049; i++) {
            args.add("");
        }

        assertThat(onlyText(Golden.operation(document))).startsWith("spec.args size must be between 0 and 2048");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 200})
    void policies_nest_eight_deep(int wrappers) {
        ObjectNode document = Golden.everything();
        ObjectNode spec = (ObjectNode) document.get("spec");
        for (int i = 0; i < wrappers; i++) {
            ObjectNode outer = Golden.JSON.createObjectNode();
            outer.put("type", "COMPOSITE").putArray("policies").add(spec.get("placementPolicy"));
            spec.set("placementPolicy", outer);
        }

        Decoded<AppOperation> read = Golden.operation(document);

        if (wrappers == 6) {
            assertThat(read).isInstanceOf(Decoded.Valid.class);
        } else {
            assertThat(read).isInstanceOf(Decoded.Invalid.class);
        }
    }

    /** Each instance that is placed goes through all of them: 2,000 in one spec are not the controller's to carry. */
    @ParameterizedTest
    @CsvSource({"64, true", "65, false", "2000, false"})
    void policies_are_counted_with_those_inside_others(int policies, boolean isTaken) {
        ObjectNode document = Golden.everything();
        ObjectNode root = Golden.JSON.createObjectNode().put("type", "COMPOSITE");
        ArrayNode outer = root.putArray("policies");
        // The root, and composites of nine with what is inside them.
        for (int left = policies - 1; left > 0; ) {
            ObjectNode inner = outer.addObject().put("type", "COMPOSITE").put("combiner", "OR");
            ArrayNode leaves = inner.putArray("policies");
            left--;
            for (int i = 0; i < 9 && left > 0; i++, left--) {
                leaves.addObject().put("type", "NO_TAG");
            }
            if (leaves.isEmpty()) {
                outer.remove(outer.size() - 1);
                outer.addObject().put("type", "ANY");
            }
        }
        ((ObjectNode) document.get("spec")).set("placementPolicy", root);

        Decoded<AppOperation> read = Golden.operation(document);

        if (isTaken) {
            assertThat(read).isInstanceOf(Decoded.Valid.class);
        } else {
            assertThat(onlyText(read))
                    .isEqualTo("spec.placementPolicy has too many policies (found " + policies
                            + ", allowed at most 64, those inside others included)");
        }
    }

    @Test
    void preferences_are_eight_at_most() {
        ObjectNode document = Golden.everything();
        ArrayNode preferences = ((ObjectNode) document.get("spec")).putArray("placementPreferences");
        for (int i = 0; i < 8; i++) {
            preferences.addObject().put("type", "SPREAD_OVER").put("label", "label-" + i);
        }
        assertThat(Golden.operation(document)).isInstanceOf(Decoded.Valid.class);

        preferences.addObject().put("type", "SPREAD_OVER").put("label", "label-8");

        assertThat(onlyText(Golden.operation(document)))
                .isEqualTo("spec.placementPreferences size must be between 0 and 8 (found 9)");
    }

    @Test
    void preferences_name_at_most_64_apps_and_everything_once() {
        ObjectNode document = Golden.everything();
        ArrayNode preferences = ((ObjectNode) document.get("spec")).putArray("placementPreferences");
        ArrayNode one = preferences.addObject().put("type", "AWAY_FROM").putArray("apps");
        ArrayNode two = preferences.addObject().put("type", "AWAY_FROM").putArray("apps");
        for (int i = 0; i < 32; i++) {
            one.add("app-" + i);
            two.add("other-" + i);
        }
        assertThat(Golden.operation(document)).isInstanceOf(Decoded.Valid.class);

        two.add("app-7");
        preferences.addObject().put("type", "SPREAD_OVER").put("label", "rack");
        preferences.addObject().put("type", "SPREAD_OVER").put("label", "rack");

        assertThat(((Decoded.Invalid<?>) Golden.operation(document)).texts())
                .containsExactly(
                        "spec.placementPreferences[1].apps[32] is named twice (found \"app-7\", allowed each name once)",
                        "spec.placementPreferences[3].label is named twice (found \"rack\", allowed each name once)",
                        "spec.placementPreferences name too many apps to stay away from (found 65, allowed at most 64 in"
                                + " all of them together)");
    }

    @Test
    void a_document_full_of_mistakes_gets_a_list_of_bounded_length() {
        ObjectNode document = Golden.everything();
        ArrayNode volumes = ((ObjectNode) document.get("spec")).putArray("volumes");
        for (int i = 0; i < 200; i++) {
            volumes.addObject();
        }

        Decoded.Invalid<?> refused = (Decoded.Invalid<?>) Golden.operation(document);

        assertThat(refused.problems()).hasSize(101);
        assertThat(refused.texts().getLast()).isEqualTo("500 more problems are not listed here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec/healthcheck/timeout | 0 seconds | spec.healthcheck.timeout must be longer than 0",
                "/spec/readiness/interval | 0s | spec.readiness.interval must be longer than 0",
                "/spec/readiness/interval | 366 days | spec.readiness.interval is too long",
                "/opSpec/timeout | 999999999999999999d | opSpec.timeout is too long",
                "/opSpec/timeout | 9999999999999999999d | Cannot construct instance of `Duration`",
                "/spec/logging/maxSize | ten | spec.logging.maxSize - Specify max size of logs. Use 10m, 1g etc.",
                "/spec/version | 1.2.3 | spec.version - Only characters, numbers, hyphen and underscore is allowed",
                "/spec/executable/type | RKT | Could not resolve type id 'RKT' as a subtype of"
                        + " `ExecutableCoordinates`: known type ids = [DOCKER] (for POJO property 'executable')"
            })
    void text_with_a_meaning_is_checked(String pointer, String value, String phrase) {
        ObjectNode document = Golden.everything();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), value);

        assertThat(onlyText(Golden.operation(document))).startsWith(phrase);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "99999999999999999999", "9223372036854775808"})
    void numbers_beyond_all_bounds_are_refused(String number) {
        String json = Golden.everything().toString().replace("\"count\":1", "\"count\":" + number);

        Decoded<AppOperation> read = Golden.operation(Golden.JSON.readTree(json));
        Decoded<AppOperation> raw = new UserDocuments(SpecRules.DEFAULT).operation(json.getBytes(UTF_8));

        assertThat(raw).isInstanceOf(Decoded.Invalid.class);
        assertThat(onlyText(raw)).contains("out of range of long");
        assertThat(read).isNotNull();
    }

    @Test
    void scalars_are_taken_as_leniently_as_by_the_original() {
        ObjectNode document = Golden.everything();
        document.put("instances", "3");
        ObjectNode spec = (ObjectNode) document.get("spec");
        spec.put("version", 7).put("type", "service");
        ((ObjectNode) spec.get("env")).put("DEBUG", true).put("LEVEL", 5);
        ((ObjectNode) spec.at("/healthcheck")).put("attempts", 2.9);
        ((ObjectNode) spec.at("/healthcheck/mode")).put("insecure", "TRUE").put("verb", "post");
        ((ObjectNode) spec.at("/volumes/0")).put("mode", "read-only");

        AppOperation.Create create = (AppOperation.Create) ((Decoded.Valid<?>) Golden.operation(document)).value();

        assertThat(create.instances()).isEqualTo(3);
        assertThat(create.spec().version()).isEqualTo("7");
        assertThat(create.spec().env()).containsEntry("DEBUG", "true").containsEntry("LEVEL", "5");
        assertThat(create.spec().healthcheck().attempts()).isEqualTo(2);
        assertThat(create.spec().healthcheck().mode()).isInstanceOfSatisfying(CheckMode.Http.class, http -> {
            assertThat(http.insecure()).isTrue();
            assertThat(http.verb()).isEqualTo(HttpVerb.POST);
        });
    }

    @Test
    void a_version_written_as_a_fraction_keeps_its_zeroes() {
        String json = Golden.everything().toString().replace("\"version\":\"3\"", "\"version\":1.10");

        Decoded<AppOperation> read = new UserDocuments(SpecRules.DEFAULT).operation(json.getBytes(UTF_8));

        assertThat(onlyText(read)).contains("(found \"1.10\")");
    }

    @Test
    void what_is_left_out_has_the_defaults_of_the_reference() {
        ObjectNode document = Golden.everything();
        document.remove("instances");
        ObjectNode spec = (ObjectNode) document.get("spec");
        for (String optional : new String[] {"volumes", "logging", "tags", "env", "args", "preShutdown", "userSpec"}) {
            spec.remove(optional);
        }
        ((ObjectNode) spec.get("executable")).remove("type");
        ((ObjectNode) spec.get("exposureSpec")).remove("mode");
        ((ObjectNode) spec.at("/healthcheck")).remove("initialDelay");
        for (String optional : new String[] {"protocol", "payload", "connectionTimeout", "insecure"}) {
            ((ObjectNode) spec.at("/healthcheck/mode")).remove(optional);
        }
        ArrayNode configs = spec.putArray("configs");
        configs.addObject()
                .put("type", "CONTROLLER_HTTP_FETCH")
                .put("localFilename", "/a")
                .putObject("http")
                .put("hostname", "h");

        AppOperation.Create create = (AppOperation.Create) ((Decoded.Valid<?>) Golden.operation(document)).value();

        AppSpec read = create.spec();
        assertThat(create.instances()).isZero();
        assertThat(read.volumes()).isEmpty();
        assertThat(read.logging()).isEqualTo(LoggingSpec.DEFAULT);
        assertThat(read.tags()).isEmpty();
        assertThat(read.env()).isEmpty();
        assertThat(read.args()).isEmpty();
        assertThat(read.devices()).isEmpty();
        assertThat(read.preShutdown()).isEqualTo(PreShutdownSpec.NONE);
        assertThat(read.userSpec()).isNull();
        assertThat(((Executable.Docker) read.executable()).pullPolicy()).isEqualTo(PullPolicy.BY_TAG);
        assertThat(read.exposureSpec())
                .extracting(e -> e == null ? null : e.mode())
                .isEqualTo(ExposureSpec.Mode.ALL);
        assertThat(read.healthcheck().initialDelay()).isEqualTo(TimeSpan.ofSeconds(0));
        CheckMode.Http http = (CheckMode.Http) read.healthcheck().mode();
        assertThat(http.protocol()).isEqualTo(HttpScheme.HTTP);
        assertThat(http.payload()).isEmpty();
        assertThat(http.connectionTimeout()).isEqualTo(TimeSpan.ofSeconds(1));
        assertThat(http.insecure()).isFalse();
        HttpCall call = ((ConfigSpec.ControllerHttpFetch) read.configs().getFirst()).http();
        assertThat(call.path()).isEqualTo("/");
        assertThat(call.successCodes()).containsExactly(200);
        assertThat(call.operationTimeout()).isEqualTo(TimeSpan.ofSeconds(1));
    }

    private static String onlyText(Decoded<?> read) {
        assertThat(read).isInstanceOf(Decoded.Invalid.class);
        Decoded.Invalid<?> invalid = (Decoded.Invalid<?>) read;
        assertThat(invalid.problems()).hasSize(1);
        return invalid.texts().getFirst();
    }
}
