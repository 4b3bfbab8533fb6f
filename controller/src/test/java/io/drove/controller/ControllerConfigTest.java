package io.drove.controller;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.platform.config.Config;
import io.drove.platform.config.ConfigException;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Credentials;
import io.drove.platform.security.Role;
import io.drove.platform.security.Secret;
import io.drove.platform.security.UserStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerConfigTest {
    @Test
    void secrets_come_from_files_as_well_and_a_cluster_knows_several_while_they_change(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("secrets"), "new\n\nold\n");
        ControllerConfig config = Config.parse(
                        "clusterAuth: {secretFile: " + file + "}\n"
                                + "instanceAuth: {secretFile: " + file + "}\n"
                                + "userAuth: {enabled: true, users: [{username: root, passwordFile: " + file
                                + ", role: EXTERNAL_ROOT}]}",
                        "controller.yml",
                        Map.of())
                .bind(ControllerConfig.DEFAULT);
        ControllerHome home = new ControllerHome(directory.resolve("home"));

        ClusterSecret cluster = home.cluster(config.clusterAuth());

        assertThat(cluster.secret()).isEqualTo(new Secret("new"));
        assertThat(cluster.matches("old")).isTrue();
        assertThat(home.instances(config.instanceAuth())).isEqualTo(new Secret("new"));
        assertThat(requireNonNull(config.userAuth().store()).authenticate(new Credentials("root", new Secret("new"))))
                .isPresent();
        for (String wrong : List.of(
                "clusterAuth: {secret: a, secrets: [b]}",
                "userAuth: {enabled: true, users: [{username: root}]}",
                "userAuth: {enabled: true, users: [{username: root, passwordFile: /no/such}]}")) {
            assertThatThrownBy(() ->
                            Config.parse(wrong, "controller.yml", Map.of()).bind(ControllerConfig.DEFAULT))
                    .as(wrong)
                    .isInstanceOf(ConfigException.class);
        }
    }

    @Test
    void no_file_is_one_controller_on_loopback_without_any_default_password() {
        ControllerConfig config = Config.empty().bind(ControllerConfig.DEFAULT);

        assertThat(config.server()).isEqualTo(new ControllerConfig.Server("127.0.0.1", 10_000, false));
        assertThat(config.admin()).isEqualTo(new ControllerConfig.Admin("127.0.0.1", 10_001, false));
        assertThat(config.raft()).isEqualTo(new ControllerConfig.Raft(10_002, "1", List.of(), false));
        assertThat(config.clusterAuth().secret()).isNull();
        assertThat(config.instanceAuth().secret()).isNull();
        assertThat(config.userAuth().store()).isNull();
    }

    @Test
    void every_key_is_read() {
        ControllerConfig config = bind("""
                dataDirectory: /srv/drove
                server: {host: 0.0.0.0, port: 1, allowOpen: true}
                admin: {host: 10.0.0.1, port: 2, allowOpen: true}
                raft:
                  port: 3
                  self: b
                  allowOpen: true
                  peers:
                  - {id: a, host: host-a, port: 4}
                  - {id: b, host: host-b, port: 5}
                  - {id: c, host: host-c, port: 6}
                clusterAuth: {secret: one}
                instanceAuth: {secret: two}
                userAuth:
                  enabled: true
                  encoding: PLAIN
                  users:
                  - {username: root, password: "${PASSWORD}", role: EXTERNAL_ROOT}
                  - {username: reader, password: r}
                options:
                  hostname: controller-1
                  maxEventsStorageDuration: 5m
                  auditedHttpMethods: [PUT]
                  allowedMountDirs: [/data]
                  allowedConfigDirs: [/etc/apps]
                  disableReadAuth: true
                  disableCmdlArgs: true
                  enableRawDeviceAccess: true
                """);

        assertThat(config)
                .isEqualTo(new ControllerConfig(
                        Path.of("/srv/drove"),
                        new ControllerConfig.Server("0.0.0.0", 1, true),
                        new ControllerConfig.Admin("10.0.0.1", 2, true),
                        new ControllerConfig.Raft(
                                3,
                                "b",
                                List.of(
                                        new ControllerConfig.Peer("a", "host-a", 4),
                                        new ControllerConfig.Peer("b", "host-b", 5),
                                        new ControllerConfig.Peer("c", "host-c", 6)),
                                true),
                        new ControllerConfig.ClusterAuth(new Secret("one"), List.of(), null),
                        new ControllerConfig.InstanceAuth(new Secret("two"), null),
                        new ControllerConfig.UserAuth(
                                true,
                                List.of(
                                        new ControllerConfig.ConfiguredUser(
                                                "root", new Secret("swordfish"), null, "EXTERNAL_ROOT"),
                                        new ControllerConfig.ConfiguredUser("reader", new Secret("r"), null, null)),
                                UserStore.Encoding.PLAIN),
                        new ControllerConfig.Options(
                                "controller-1",
                                Duration.ofMinutes(5),
                                List.of("PUT"),
                                List.of("/data"),
                                List.of("/etc/apps"),
                                true,
                                true,
                                true)));
        UserStore users = java.util.Objects.requireNonNull(config.userAuth().store());
        assertThat(users.authenticate(new Credentials("root", new Secret("swordfish"))))
                .hasValueSatisfying(caller -> assertThat(caller.role()).isEqualTo(Role.EXTERNAL_ROOT));
    }

    @Test
    void what_cannot_be_is_refused_with_its_place() {
        assertThatThrownBy(() -> bind("server: {port: 70000}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("70000");
        assertThatThrownBy(() -> bind("raft:\n  prot: 3\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("port");
        assertThatThrownBy(() -> bind("userAuth: {enabled: true}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("users");
        assertThatThrownBy(() -> bind("userAuth: {users: [{username: a, password: b, role: KING}]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("KING");
        assertThatThrownBy(() ->
                        bind("userAuth: {enabled: true, encoding: CRYPT, users: [{username: a, password: plain}]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bcrypt");
    }

    private static ControllerConfig bind(String yaml) {
        return Config.parse(yaml, "controller.yml", Map.of("PASSWORD", "swordfish"))
                .bind(ControllerConfig.DEFAULT);
    }
}
