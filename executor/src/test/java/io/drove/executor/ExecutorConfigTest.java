package io.drove.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.platform.config.Config;
import io.drove.platform.config.ConfigException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorConfigTest {
    private static ExecutorConfig parse(String text) {
        return Config.parse(text, "executor.yml", Map.of("SECRET", "s3cret")).bind(ExecutorConfig.DEFAULT);
    }

    @Test
    void no_file_is_needed() {
        assertThat(Config.empty().bind(ExecutorConfig.DEFAULT)).isEqualTo(ExecutorConfig.DEFAULT);
        assertThat(ExecutorConfig.DEFAULT.server().port()).isEqualTo(11_000);
        assertThat(ExecutorConfig.DEFAULT.controllers().endpoints())
                .containsExactly(URI.create("http://127.0.0.1:10000"));
    }

    @Test
    void keys_of_the_original_are_read() {
        ExecutorConfig config = parse("""
                server: {host: 0.0.0.0}
                clusterAuth: {secret: "${SECRET}"}
                controllers: {endpoints: ["http://a:10000", "http://b:10000"]}
                resources:
                  osCores: [0, 1]
                  exposedMemPercentage: 90
                  disableNUMAPinning: true
                  tags: [gpu]
                  overProvisioning: {enabled: true, cpuMultiplier: 20, memoryMultiplier: 2}
                options:
                  hostname: node-1
                  cacheImages: false
                  maxOpenFiles: 1000
                  containerCommandTimeout: 5s
                  dockerSocketPath: /run/podman/podman.sock
                  defaultUserSpec: {user: nobody}
                dockerAuth:
                  entries:
                    registry.local: {type: CREDENTIALS, username: u, password: p}
                """);

        assertThat(config.resources().osCores()).isEqualTo(List.of(0, 1));
        assertThat(config.resources().overProvisioning().cpuMultiplier()).isEqualTo(20);
        assertThat(config.options().hostname()).isEqualTo("node-1");
        assertThat(config.server().port()).isEqualTo(11_000);
        assertThat(config.dockerAuth().entries()).containsKey("registry.local");
        assertThat(config.toString()).doesNotContain("s3cret");
    }

    @Test
    void limits_are_checked() {
        assertThatThrownBy(() -> parse("resources: {exposedMemPercentage: 10}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("50 to 100");
        assertThatThrownBy(() -> parse("resources: {overProvisioning: {enabled: true, cpuMultiplier: 21}}"))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> parse("options: {publishAddress: web.example}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be an IP address");
        assertThat(parse("options: {publishAddress: 10.1.2.3}").options().publishAddress())
                .isEqualTo("10.1.2.3");
    }
}
