package io.drove.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @Test
    void a_header_reads_back_what_was_written_also_with_colons_and_umlauts() {
        Credentials credentials = new Credentials("jürgen", new Secret("a:b:ü€"));

        assertThat(Credentials.parse(credentials.header())).contains(credentials);
        assertThat(Credentials.parse("basic YW46eA==")).contains(new Credentials("an", new Secret("x")));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Basic YWJj", "Basic /zpw", "Bearer YW46eA=="})
    void a_malformed_header_is_no_credentials(String header) {
        assertThat(Credentials.parse(header)).isEmpty();
    }

    @Test
    void an_overlong_header_is_no_credentials() {
        assertThat(Credentials.parse(new Credentials("a", new Secret("x".repeat(4_000))).header()))
                .isEmpty();
    }

    @Test
    void the_cluster_secret_matches_itself_only() {
        ClusterSecret secret = new ClusterSecret(Secrets.generate());

        assertThat(secret.matches(secret.secret().reveal())).isTrue();
        assertThat(secret.matches("x")).isFalse();
        assertThat(secret.matches(null)).isFalse();

        ClusterSecret changing = ClusterSecret.of(List.of(new Secret("new"), new Secret("old")));

        assertThat(changing.secret().reveal()).isEqualTo("new");
        assertThat(changing.matches("new")).isTrue();
        assertThat(changing.matches("old")).isTrue();
        assertThat(changing.matches("older")).isFalse();
        assertThat(changing.matches(null)).isFalse();
        assertThat(secret.toString()).doesNotContain(secret.secret().reveal());
        assertThat(Secrets.generate()).isNotEqualTo(Secrets.generate());
    }
}
