package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppOperation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Text that would mean something else to the engine, the kernel or a URL than to its author is refused with its place. */
class TextRulesTest {
    private static final String HALF =
            "(found half of a surrogate pair, allowed surrogates in pairs, such as \\ud83d\\ude00)";

    private static Decoded.Invalid<AppOperation> refusal(Decoded<AppOperation> read) {
        return switch (read) {
            case Decoded.Valid<AppOperation> _ -> throw new AssertionError("was taken");
            case Decoded.Invalid<AppOperation> refused -> refused;
        };
    }

    private static List<String> problems(Consumer<ObjectNode> change) {
        ObjectNode document = Golden.everything();
        change.accept((ObjectNode) document.get("spec"));
        return switch (Golden.operation(document)) {
            case Decoded.Valid<AppOperation> _ -> List.of();
            case Decoded.Invalid<AppOperation> invalid -> invalid.texts();
        };
    }

    private static ObjectNode at(ObjectNode spec, String pointer) {
        return (ObjectNode) spec.at(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-x",
                " ",
                "a b",
                "a\r\nHost: b",
                "a\0",
                "../etc",
                "a/../b",
                "a//b",
                "a?tag=b",
                "a#b",
                "a/",
                "\u0430pp"
            })
    void what_is_no_image_is_refused(String image) {
        assertThat(problems(spec -> at(spec, "/executable").put("url", image)))
                .singleElement()
                .asString()
                .startsWith("spec.executable.url must ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:5000/hello:1",
                "a",
                "docker.io/library/nginx:1.27-alpine",
                "ghcr.io/a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void what_is_an_image_is_taken(String image) {
        assertThat(problems(spec -> at(spec, "/executable").put("url", image))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\r\nX: y", "/%zz", "/a\u0000", "/{id}"})
    void what_is_no_path_of_a_url_is_refused(String path) {
        assertThat(problems(spec -> at(spec, "/healthcheck/mode").put("path", path)))
                .singleElement()
                .asString()
                .startsWith("spec.healthcheck.mode.path must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "@evil/", "//evil/", "/health?a=b&c=%20", "health", "?x", ":8080/x"})
    void a_path_can_only_name_what_lies_on_the_instance_s_own_port(String path) {
        // Each is put behind a slash of ours, so that none of it can become a host.
        assertThat(problems(spec -> at(spec, "/healthcheck/mode").put("path", path)))
                .isEmpty();
    }

    @Test
    void names_of_variables_and_tags_are_checked_with_their_place() {
        assertThat(problems(spec -> {
                    spec.putObject("env")
                            .put("", "x")
                            .put("A=B", "x")
                            .put("C", "nul\0")
                            .put("D", "=\n")
                            .put("E", "x".repeat(200_000));
                    spec.putObject("tags")
                            .put("", "x")
                            .put("t".repeat(300), "x")
                            .put("v", "x".repeat(5_000));
                }))
                .containsExactlyInAnyOrder(
                        "spec.env[C] must not contain the character NUL",
                        "spec.tags[] must have a name of 1 to 256 characters (found \"\")",
                        "spec.tags[" + "t".repeat(80) + "…] must have a name of 1 to 256 characters (found \""
                                + "t".repeat(80) + "…\")",
                        "spec.tags[v] size must be between 0 and 4096 (found 5000 characters)",
                        "spec.env[] must have a name without = (found \"\", allowed a name such as LOG_LEVEL)",
                        "spec.env[A=B] must have a name without = (found \"A=B\", allowed a name such as LOG_LEVEL)",
                        "spec.env[E] size must be between 0 and 131070 (found 200001 characters)");
    }

    @Test
    void half_of_a_surrogate_pair_is_refused_wherever_text_may_stand() {
        assertThat(problems(spec -> {
                    spec.putObject("env")
                            .put("A", "secret\ud800")
                            .put("B", "\ude00\ud83d")
                            .put("C", "paired \ud83d\ude00");
                    spec.putArray("args").add("\ud800");
                    at(spec, "/healthcheck/mode").put("payload", "\udbff");
                }))
                .containsExactlyInAnyOrder(
                        "spec.args[0] must be text that UTF-8 can carry " + HALF,
                        "spec.env[A] must be text that UTF-8 can carry " + HALF,
                        "spec.env[B] must be text that UTF-8 can carry " + HALF,
                        "spec.healthcheck.mode.payload must be text that UTF-8 can carry " + HALF);
    }

    @Test
    void half_of_a_surrogate_pair_is_refused_in_names_and_where_it_was_not_escaped() {
        ObjectNode document = Golden.everything();
        ((ObjectNode) document.get("spec")).putObject("env").put("xyz", "abc");
        String text = new String(Golden.bytes(document), ISO_8859_1);

        // What an encoder that does not look makes of it, and what it is as an escape.
        for (String half : List.of("\u00ed\u00a0\u0080", "\\ud800")) {
            for (String part : List.of("xyz", "abc")) {
                byte[] bytes = text.replace(part, half).getBytes(ISO_8859_1);
                assertThat(refusal(new UserDocuments(SpecRules.DEFAULT).operation(bytes))
                                .texts())
                        .as(half + " for " + part)
                        .hasSize(1);
            }
        }
    }

    @Test
    void what_is_quoted_of_a_document_can_be_written() {
        ObjectNode document = Golden.everything();
        // The last character that is quoted is one of two halves.
        String tooLong = "x".repeat(79) + "\ud83d\ude00 and more";
        ((ObjectNode) document.get("spec")).put(tooLong, 1);
        at((ObjectNode) document.get("spec"), "/executable")
                .put("type", "\ud800")
                .put("url", tooLong);
        at((ObjectNode) document.get("spec"), "/healthcheck/mode").put("verb", tooLong);

        Decoded.Invalid<AppOperation> refused = refusal(Golden.operation(document));

        assertThat(refused.texts()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(refused.texts()).allMatch(text -> UTF_8.newEncoder().canEncode(text));
        assertThat(refused.warnings())
                .isNotEmpty()
                .allMatch(text -> UTF_8.newEncoder().canEncode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "../x", "/a:/etc:rw", "/a\nb"})
    void a_volume_is_mounted_from_and_to_an_absolute_path_without_colons(String path) {
        for (String field : List.of("pathOnHost", "pathInContainer")) {
            assertThat(problems(spec -> spec.putArray("volumes")
                            .addObject()
                            .put("pathOnHost", "/a")
                            .put("pathInContainer", "/b")
                            .put("mode", "READ_ONLY")
                            .put(field, path)))
                    .singleElement()
                    .asString()
                    .startsWith("spec.volumes[0]." + field + " must be an absolute path");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/", "/../etc/passwd", "a/../../b", "/a\0", "/a\nb"})
    void a_config_file_has_a_place_in_the_container_and_nowhere_else(String path) {
        assertThat(problems(spec -> at(spec, "/configs/0").put("localFilename", path)))
                .singleElement()
                .asString()
                .startsWith("spec.configs[0].localFilename must ");
        assertThat(problems(spec -> at(spec, "/configs/0").put("localFilename", "/" + "x".repeat(101))))
                .hasSize(1);
    }

    @Test
    void a_relative_config_file_goes_below_the_root_and_that_is_said() {
        ObjectNode document = Golden.everything();
        at((ObjectNode) document.get("spec"), "/configs/0").put("localFilename", "shop.yml");

        Decoded<AppOperation> read = Golden.operation(document);

        assertThat(read).isInstanceOf(Decoded.Valid.class);
        assertThat(read.warnings()).contains("spec.configs[0].localFilename is relative: the file goes to /shop.yml");
    }

    @Test
    void users_and_virtual_hosts_are_one_word() {
        assertThat(problems(spec -> at(spec, "/userSpec").put("user", "a\nb").put("group", "-g")))
                .hasSize(2);
        for (String vhost : List.of("a b", "a;b", "a{b}", "a\nb", "x".repeat(254))) {
            assertThat(problems(spec ->
                            spec.putObject("exposureSpec").put("vhost", vhost).put("portName", "main")))
                    .as(vhost)
                    .singleElement()
                    .asString()
                    .startsWith("spec.exposureSpec.vhost must be a host name");
        }
        assertThat(problems(spec -> spec.putObject("exposureSpec")
                        .put("vhost", "*.shop.example")
                        .put("portName", "main")))
                .isEmpty();
    }

    @Test
    void each_letter_is_taken_or_refused_as_a_pattern_says() {
        assertLettersOf("[^\\s\\p{Cntrl};{}\"'`$/\\\\]*", TextRules::virtualHost);
        assertLettersOf("[^\\s\\p{Cntrl}@/?#\\\\]*", TextRules::host);
        assertLettersOf("[^\\s\\p{Cntrl}]*", TextRules::user);
        assertLettersOf("[a-zA-Z\\d\\-_]*", Names::check);
    }

    private static void assertLettersOf(String pattern, Rule rule) {
        Pattern letters = Pattern.compile(pattern);
        Set<String> wrong = new TreeSet<>();
        for (int letter = Character.MIN_VALUE; letter <= Character.MAX_VALUE; letter++) {
            // Not at the beginning, where a user's hyphen is refused.
            for (String text : List.of("a" + (char) letter, "a" + (char) letter + "c")) {
                if (takes(rule, text) != letters.matcher(text).matches()) {
                    wrong.add("U+%04X".formatted(letter));
                }
            }
        }
        assertThat(wrong).as(pattern).isEmpty();
    }

    private static boolean takes(Rule rule, String text) {
        Findings findings = new Findings();
        TreeReader.document(Golden.JSON.createObjectNode(), "Document", findings, reader -> {
            rule.check(reader, "field", text);
            return reader;
        });
        return findings.count() == 0;
    }

    private interface Rule {
        void check(TreeReader reader, String field, String text);
    }

    @Test
    void a_fetched_config_can_smuggle_neither_headers_nor_a_host_and_its_secrets_are_not_quoted() {
        List<String> told = problems(spec -> spec.putArray("configs")
                .addObject()
                .put("type", "EXECUTOR_HTTP_FETCH")
                .put("localFilename", "/x")
                .putObject("http")
                .put("hostname", "a@b/c")
                .put("path", "/hush hush")
                .put("authHeader", "hush\r\nX: y")
                .putObject("headers")
                .put("A B", "1")
                .put("C", "hush\n"));

        assertThat(told).hasSize(5).noneMatch(text -> text.contains("hush"));
    }

    @Test
    void a_key_that_stands_twice_is_refused_with_its_place() {
        UserDocuments documents = new UserDocuments(SpecRules.DEFAULT);
        byte[] json = "{\"type\":\"SUSPEND\",\"appId\":\"A-1\",\n\"appId\":\"B-1\"}".getBytes(UTF_8);

        assertThat(documents.operation(json)).isInstanceOfSatisfying(Decoded.Invalid.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Problem.Kind.JSON_VALIDATION_FAILURE);
            assertThat(refused.texts().toString())
                    .startsWith("[Duplicate field")
                    .contains("appId", "line 2");
        });
        assertThat(documents.appSpec("{\"env\":{\"A\":\"1\",\"A\":\"2\"}}".getBytes(UTF_8)))
                .isInstanceOf(Decoded.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "1e-999999999", "1e2147483647", "1e99999999999999", "-1e99999999999999"})
    void a_number_beyond_all_numbers_is_a_mistake_of_the_document(String number) {
        byte[] json = ("{\"type\":\"SCALE\",\"appId\":\"A-1\",\"requiredInstances\":" + number + "}").getBytes(UTF_8);

        assertThat(new UserDocuments(SpecRules.DEFAULT).operation(json)).isInstanceOf(Decoded.Invalid.class);
    }

    @Test
    void config_files_of_the_host_are_taken_from_where_the_cluster_allows() {
        UserDocuments documents = new UserDocuments(new SpecRules(List.of(), List.of("/etc/apps"), false, false));
        for (String path : List.of("/etc/shadow", "/etc/apps/../shadow", "/etc/apps2/x", "etc/apps/x", "/etc/apps/x")) {
            ObjectNode document = Golden.everything();
            ((ObjectNode) document.get("spec"))
                    .putArray("configs")
                    .addObject()
                    .put("type", "EXECUTOR_LOCAL_FILE")
                    .put("localFilename", "/x")
                    .put("filePathOnHost", path);

            Decoded<AppOperation> read = documents.operation(Golden.JSON.writeValueAsBytes(document));

            assertThat(read instanceof Decoded.Valid).as(path).isEqualTo(path.equals("/etc/apps/x"));
        }
    }
}
