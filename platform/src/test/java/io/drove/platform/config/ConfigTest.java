package io.drove.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.drove.platform.security.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    enum Mode {
        FAST,
        VERY_SAFE
    }

    record User(String name, Secret password, @Nullable Mode mode) {}

    record Limits(int parallelism, Duration timeout, Bytes buffer) {
        Limits {
            if (parallelism < 1 || parallelism > 512) {
                throw new IllegalArgumentException("parallelism from 1 to 512, was " + parallelism);
            }
        }
    }

    record Everything(
            String host,
            int port,
            long many,
            double share,
            boolean enabled,
            Mode mode,
            Path directory,
            URI link,
            Secret secret,
            List<User> users,
            Map<String, URI> links,
            Limits limits,
            @Nullable Limits extra) {}

    private static final Everything DEFAULTS = new Everything(
            "localhost",
            10_000,
            1L << 40,
            0.5,
            false,
            Mode.FAST,
            Path.of("/var/lib/drove"),
            URI.create("http://localhost"),
            new Secret("s"),
            List.of(),
            Map.of(),
            new Limits(1, Duration.ofMinutes(5), Bytes.mebibytes(10)),
            null);

    @Test
    void an_empty_text_gives_all_defaults() {
        assertThat(bind("")).isEqualTo(DEFAULTS);
        assertThat(bind("# nothing but a comment with ${UNSET}\n")).isEqualTo(DEFAULTS);
        assertThat(Config.empty().bind(DEFAULTS)).isSameAs(DEFAULTS);
    }

    @Test
    void every_type_is_bound() {
        Everything bound = bind("""
                host: 10.0.0.1
                port: 8080
                many: 12345678901
                share: 0.25
                enabled: TRUE
                mode: very-safe
                directory: /srv
                link: https://example.org/x
                secret: hidden
                users:
                  - {name: ann, password: "a#1", mode: fast}
                  - name: bob
                    password: "b: 2"
                links: {z: "http://z", a: "http://a"}
                limits: {parallelism: 7, timeout: 300 seconds, buffer: 100MiB}
                extra: {parallelism: 2, timeout: 100 ms, buffer: 5m}
                """);

        assertThat(bound)
                .isEqualTo(new Everything(
                        "10.0.0.1",
                        8080,
                        12_345_678_901L,
                        0.25,
                        true,
                        Mode.VERY_SAFE,
                        Path.of("/srv"),
                        URI.create("https://example.org/x"),
                        new Secret("hidden"),
                        List.of(
                                new User("ann", new Secret("a#1"), Mode.FAST),
                                new User("bob", new Secret("b: 2"), null)),
                        Map.of("z", URI.create("http://z"), "a", URI.create("http://a")),
                        new Limits(7, Duration.ofMinutes(5), Bytes.mebibytes(100)),
                        new Limits(2, Duration.ofMillis(100), new Bytes(5_000_000))));
        assertThat(bound.links().keySet()).containsExactly("z", "a");
    }

    @Test
    void absent_values_of_a_nested_record_come_from_its_defaults() {
        Everything bound = bind("limits:\n  parallelism: 9\nport:\n");

        assertThat(bound.limits()).isEqualTo(new Limits(9, Duration.ofMinutes(5), Bytes.mebibytes(10)));
        assertThat(bound.port()).isEqualTo(10_000);
    }

    @Test
    void all_problems_are_told_at_once_with_line_and_key() {
        List<ConfigProblem> problems = problemsOf("""
                hots: localhost
                port: many
                limits:
                  timeout: 5
                  parallelism: 900
                mode: slow
                users:
                  - name: ann
                    pasword: x
                link: [1]
                share: .nan
                """);

        assertThat(problems)
                .extracting(ConfigProblem::line, ConfigProblem::key)
                .containsExactly(
                        tuple(1, "hots"),
                        tuple(2, "port"),
                        tuple(11, "share"),
                        tuple(6, "mode"),
                        tuple(10, "link"),
                        tuple(9, "users[0].pasword"),
                        tuple(8, "users[0].password"),
                        tuple(4, "limits.timeout"));
    }

    @Test
    void an_unknown_key_names_the_nearest_known_one() {
        ConfigProblem problem = problemsOf("hots: x\n").getFirst();

        assertThat(problem.nearest()).isEqualTo("host");
        assertThat(problem)
                .hasToString(
                        "test.yml:1: hots: found an unknown key, wanted one of host, port, many, share, "
                                + "enabled, mode, directory, link, secret, users, links, limits, extra; did you mean \"host\"?");
    }

    @Test
    void a_wrong_value_says_what_is_allowed() {
        assertThat(problemsOf("mode: slow").getFirst())
                .hasToString("test.yml:1: mode: found \"slow\", wanted one of FAST, VERY_SAFE");
        assertThat(problemsOf("limits: {timeout: 5}").getFirst())
                .hasToString("test.yml:1: limits.timeout: found \"5\", "
                        + "wanted a duration such as 5m, 300 seconds or 100 ms");
    }

    @Test
    void a_refusing_constructor_is_reported_at_its_records_key() {
        assertThat(problemsOf("port: 1\nlimits:\n  parallelism: 900\n"))
                .containsExactly(new ConfigProblem(
                        "test.yml", 3, "limits", "values that do not fit", "parallelism from 1 to 512, was 900", null));
    }

    @Test
    void a_record_without_defaults_needs_its_values() {
        assertThat(problemsOf("extra:\n  parallelism: 3\n"))
                .extracting(ConfigProblem::key)
                .containsExactly("extra.timeout", "extra.buffer");
    }

    @Test
    void a_secret_is_never_shown() {
        assertThat(bind("secret: hidden").toString()).doesNotContain("hidden");
        assertThatThrownBy(() -> bind("secret: hidden\nport: x")).hasMessageNotContaining("hidden");
    }

    @Test
    void variables_come_from_the_environment() {
        Map<String, String> environment = Map.of("HOST", "web: #1", "EMPTY", "");
        Everything bound = Config.parse("""
                        host: ${HOST}
                        port: ${PORT:-80${EMPTY}}
                        directory: /data/${NAME:-a}/${NAME:-b}
                        secret: $${HOST}
                        enabled: ${EMPTY}
                        """, "test.yml", environment).bind(DEFAULTS);

        assertThat(bound.host()).isEqualTo("web: #1");
        assertThat(bound.port()).isEqualTo(80);
        assertThat(bound.directory()).isEqualTo(Path.of("/data/a/b"));
        assertThat(bound.secret().reveal()).isEqualTo("${HOST}");
        assertThat(bound.enabled()).isFalse();
    }

    @Test
    void an_unset_variable_is_named_with_its_line() {
        assertThat(problemsOf("port: 1\nhost: ${NOT_SET}\n").getFirst())
                .hasToString("test.yml:2: host: found environment variable NOT_SET that is not set, "
                        + "wanted that variable to be set, or a default as in ${NOT_SET:-value}");
    }

    @Test
    void a_key_given_twice_is_refused() {
        assertThat(problemsOf("port: 1\nport: 2\n").getFirst())
                .hasToString("test.yml:2: port: found the key a second time, wanted each key once");
    }

    @Test
    void broken_yaml_is_named_with_its_line() {
        assertThat(problemsOf("port: 1\nhost: [a\n").getFirst().line()).isEqualTo(3);
        assertThat(problemsOf("just text").getFirst().found()).isEqualTo("\"just text\"");
        assertThat(problemsOf("a: 1\n---\nb: 2\n")).hasSize(1);
    }

    @Test
    void a_document_that_contains_itself_is_refused() {
        record Tree(@Nullable Tree child) {}

        assertThatThrownBy(
                        () -> Config.parse("&a\nchild: *a\n", "t.yml", Map.of()).bind(new Tree(null)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("flatter");
    }

    @Test
    void a_missing_file_is_an_error_unless_it_may_be_absent(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("none.yml");
        Path present = Files.writeString(directory.resolve("some.yml"), "port: 5\n");

        assertThatThrownBy(() -> Config.load(missing, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.yml: found no such file");
        assertThat(Config.loadIfPresent(missing, Map.of()).bind(DEFAULTS)).isEqualTo(DEFAULTS);
        assertThat(Config.load(present, Map.of()).bind(DEFAULTS).port()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10MB, 10000000",
        "5m, 5000000",
        "100MiB, 104857600",
        "8KiB, 8192",
        "1 byte, 1",
        "3 GiB, 3221225472"
    })
    void sizes_are_read_with_their_unit(String text, long count) {
        Bytes bytes = Bytes.parse(text);

        assertThat(bytes.count()).isEqualTo(count);
        assertThat(Bytes.parse(bytes.toString())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"10", "-1MB", "MB", "1XB", "9999999999GB"})
    void what_is_not_a_size_is_refused(String text) {
        assertThatThrownBy(() -> Bytes.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Everything bind(String text) {
        return Config.parse(text, "test.yml", Map.of()).bind(DEFAULTS);
    }

    private static List<ConfigProblem> problemsOf(String text) {
        return catchThrowableOfType(ConfigException.class, () -> bind(text)).problems();
    }
}
