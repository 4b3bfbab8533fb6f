package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlTest {
    private static final String BASE = """
            server:
              port: 10000
              host: "127.0.0.1"
            users:
              - {"name":"admin","password":"a: #b"}
            empty: []
            """;

    @Test
    void what_is_written_reads_the_same() {
        Map<String, Object> document = Yaml.read(BASE, "base.yml");

        assertThat(Yaml.write(document)).isEqualTo(BASE);
    }

    @Test
    void an_overlay_merges_mappings_and_replaces_the_rest() {
        Map<String, Object> overlay = Yaml.read("{server: {port: 1}, users: [x], more: {a: true}}", "overlay.yml");

        assertThat(Yaml.write(Yaml.overlay(Yaml.read(BASE, "base.yml"), overlay)))
                .isEqualTo("""
                server:
                  port: 1
                  host: "127.0.0.1"
                users:
                  - "x"
                empty: []
                more:
                  a: true
                """);
    }
}
