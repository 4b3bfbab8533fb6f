package io.drove.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointSourcesTest {
    private static final String BASIC_FILE_USER = "Basic ZmlsZTpzZWNyZXQ=";
    private static final String BASIC_DEV_USER = "Basic ZGV2OnNlY3JldA==";
    private static final String BASIC_ME = "Basic bWU6cHc=";

    private final FakeController controller = new FakeController();

    @TempDir
    private Path home = Path.of("");

    @AfterEach
    void close() {
        controller.close();
    }

    private String authorization(Shell shell, String... global) {
        controller.data("GET /ping", "\"pong\"");
        String[] words =
                Stream.concat(Stream.of(global), Stream.of("cluster", "ping")).toArray(String[]::new);
        Shell.Result result = shell.run(words);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(0);
        return controller.requests().getLast().authorization();
    }

    private void writeFile(String text) throws IOException {
        Files.writeString(home.resolve(".drove"), text);
    }

    private void writeDevelopmentCluster(Path data, String endpoint) throws IOException {
        Path file = data.resolve("drove/dev/current.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"endpoint\":\"" + endpoint
                        + "\",\"username\":\"dev\",\"password\":\"secret\",\"dataDirectory\":\"/d\",\"processes\":[]}");
    }

    @Test
    void without_any_source_it_says_how_to_name_one() {
        Shell.Result result = new Shell(home).run("apps", "list");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(
                        "error: no cluster is named: give --endpoint, set DROVE_ENDPOINT, write one with `drove config init`, or start one "
                                + "with `drove dev`\n");
    }

    @Test
    void the_running_development_cluster_comes_last_with_its_credentials() throws IOException {
        writeDevelopmentCluster(home.resolve(".local/share"), controller.endpoint());

        assertThat(authorization(new Shell(home))).isEqualTo(BASIC_DEV_USER);
    }

    @Test
    void the_data_directory_follows_the_desktop_standard() throws IOException {
        writeDevelopmentCluster(home.resolve("data"), controller.endpoint());

        assertThat(authorization(new Shell(home)
                        .with("XDG_DATA_HOME", home.resolve("data").toString())))
                .isEqualTo(BASIC_DEV_USER);
    }

    @Test
    void the_file_comes_before_the_development_cluster() throws IOException {
        writeDevelopmentCluster(home.resolve(".local/share"), "http://127.0.0.1:1");
        writeFile("""
                [DEFAULT]
                host = %s
                current_cluster = prod
                username = file
                ; a comment
                [prod]
                endpoint: %%(host)s/
                password = secret
                """.formatted(controller.endpoint()));

        assertThat(authorization(new Shell(home))).isEqualTo(BASIC_FILE_USER);
    }

    @Test
    void a_section_is_chosen_by_flag_then_by_variable_then_by_the_file() throws IOException {
        writeFile("[DEFAULT]\ncurrent_cluster = a\n[a]\nendpoint = http://127.0.0.1:1\n[b]\nendpoint = "
                + controller.endpoint() + "\nauth_header = Bearer x\n");

        assertThat(authorization(new Shell(home), "-c", "b")).isEqualTo("Bearer x");
        assertThat(authorization(new Shell(home).with("DROVE_CLUSTER", "b"))).isEqualTo("Bearer x");
        assertThat(authorization(new Shell(home).with("DROVE_ENDPOINT", "http://127.0.0.1:1"), "-c", "b"))
                .isEqualTo("Bearer x");
        assertThat(new Shell(home).run("-c", "c", "apps", "list").err())
                .isEqualTo("error: no cluster definition found for c in " + home.resolve(".drove")
                        + "; it has DEFAULT, a, b\n");
    }

    @Test
    void the_environment_comes_before_the_file_and_takes_no_password_from_it() throws IOException {
        writeFile("[DEFAULT]\nendpoint = http://127.0.0.1:1\nusername = file\npassword = secret\n");

        assertThat(authorization(new Shell(home).with("DROVE_ENDPOINT", controller.endpoint())))
                .isEmpty();
    }

    @Test
    void flags_come_before_the_environment() {
        Shell shell = new Shell(home)
                .with("DROVE_ENDPOINT", "http://127.0.0.1:1")
                .with("DROVE_USERNAME", "other")
                .with("DROVE_PASSWORD", "pw");

        assertThat(authorization(shell, "-e", controller.endpoint(), "-u", "me", "-p", "pw"))
                .isEqualTo(BASIC_ME);
        assertThat(authorization(shell, "-e", controller.endpoint(), "-u", "me"))
                .isEqualTo(BASIC_ME);
        assertThat(authorization(shell, "-e", controller.endpoint(), "-t", "Bearer y"))
                .isEqualTo("Bearer y");
    }

    @Test
    void global_flags_may_follow_the_command_by_their_long_names() {
        controller.data("GET /ping", "\"pong\"");

        assertThat(new Shell(home)
                        .run("cluster", "ping", "--endpoint", controller.endpoint())
                        .code())
                .isEqualTo(0);
        assertThat(new Shell(home)
                        .run("cluster", "ping", "--endpoint=" + controller.endpoint())
                        .code())
                .isEqualTo(0);
    }

    @Test
    void half_credentials_and_odd_endpoints_are_refused() {
        assertThat(new Shell(home)
                        .run("-e", controller.endpoint(), "-u", "me", "cluster", "ping")
                        .err())
                .contains("username me is given without a password");
        assertThat(new Shell(home).run("-e", "localhost:10000", "cluster", "ping"))
                .isEqualTo(
                        new Shell.Result(
                                2,
                                "",
                                "error: --endpoint has \"localhost:10000\" as an endpoint; write http://host:port or https://host:port\n"));
        assertThat(new Shell(home)
                        .run("-e", "http://me:pw@localhost:1", "cluster", "ping")
                        .err())
                .contains("give user and password with --username and --password");
        assertThat(controller.requests()).isEmpty();
    }

    @Test
    void a_broken_file_is_named_with_the_line() throws IOException {
        writeFile("[DEFAULT]\nendpoint http//x\n");

        assertThat(new Shell(home).run("apps", "list").err())
                .contains(
                        ".drove, line 2: found \"endpoint http//x\"; wanted [section], key = value, or # and a comment");
    }

    @Test
    void config_commands_write_a_file_for_the_owner_alone_that_commands_can_use() throws IOException {
        Shell shell = new Shell(home);
        Path file = home.resolve(".drove");

        assertThat(shell.run("config", "init", "-e", "http://127.0.0.1:1", "-n", "first")
                        .code())
                .isEqualTo(0);
        assertThat(shell.run("config", "add-cluster", "second", "-e", controller.endpoint(), "-u", "me", "-p", "pw")
                        .code())
                .isEqualTo(0);
        assertThat(shell.run("config", "use-cluster", "second").code()).isEqualTo(0);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(authorization(shell)).isEqualTo(BASIC_ME);
        assertThat(shell.run("config", "view").out())
                .contains("password = ****")
                .doesNotContain("= pw");
        assertThat(shell.run("config", "current-cluster").out()).isEqualTo("second\n");
        assertThat(shell.run("config", "delete-cluster", "second").code()).isEqualTo(0);
        assertThat(shell.run("config", "get-clusters").out()).isEqualTo("first\nDEFAULT\n");
        assertThat(shell.run("config", "current-cluster").out()).isEqualTo("DEFAULT\n");
        assertThat(shell.run("config", "init", "-e", "http://x").code()).isEqualTo(1);
        assertThat(shell.run("config", "use-cluster", "nope").code()).isEqualTo(1);
    }

    @Test
    void a_percent_sign_in_a_password_reads_back() {
        Shell shell = new Shell(home);

        assertThat(shell.run("config", "init", "-e", controller.endpoint(), "-u", "me", "-p", "100%(x)s")
                        .code())
                .isEqualTo(0);

        assertThat(authorization(shell)).isEqualTo("Basic bWU6MTAwJSh4KXM=");
    }

    @Test
    void roles_get_their_words_and_are_listed_in_the_help() {
        DroveCommand.Role role = new DroveCommand.Role("dev", "Run a cluster.", (words, environment) -> {
            environment.out().print(words);
            return 7;
        });

        assertThat(new Shell(home).run(List.of(role), "dev", "--detach", "status"))
                .isEqualTo(new Shell.Result(7, "[--detach, status]", ""));
        assertThat(new Shell(home).run(List.of(role), "--help").out()).contains("dev", "Run a cluster.");
    }
}
