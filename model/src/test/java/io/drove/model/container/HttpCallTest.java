package io.drove.model.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.time.TimeSpan;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpCallTest {
    private static HttpCall call(HttpScheme scheme, int port, String path) {
        return call(scheme, port, path, null, Map.of());
    }

    private static HttpCall call(
            HttpScheme scheme, int port, String path, @Nullable String authHeader, Map<String, String> headers) {
        return new HttpCall(
                scheme,
                "configs.example",
                port,
                path,
                HttpVerb.GET,
                new TreeSet<>(List.of(200)),
                "",
                TimeSpan.ofSeconds(1),
                TimeSpan.ofSeconds(1),
                "user",
                "p>>?",
                authHeader,
                headers,
                false);
    }

    @Test
    void port_zero_is_the_scheme_s_own_and_a_path_begins_with_a_slash() {
        assertThat(call(HttpScheme.HTTP, 0, "a").url()).isEqualTo("http://configs.example:80/a");
        assertThat(call(HttpScheme.HTTPS, 0, "/").url()).isEqualTo("https://configs.example:443/");
        assertThat(call(HttpScheme.HTTP, 8080, "/a?b=c").url()).isEqualTo("http://configs.example:8080/a?b=c");
    }

    @Test
    void headers_override_the_authorization_header_and_that_overrides_user_and_password() {
        // The alphabet of RFC 4648, section 4: what is sent has a slash in it.
        assertThat(call(HttpScheme.HTTP, 0, "/").requestHeaders())
                .containsExactlyEntriesOf(Map.of("Authorization", "Basic dXNlcjpwPj4/"));
        assertThat(call(HttpScheme.HTTP, 0, "/", "Bearer x", Map.of("Kind", "y"))
                        .requestHeaders())
                .containsExactlyInAnyOrderEntriesOf(Map.of("Authorization", "Bearer x", "Kind", "y"));
        assertThat(call(HttpScheme.HTTP, 0, "/", "Bearer x", Map.of("authorization", "own"))
                        .requestHeaders()
                        .values())
                .containsExactly("own");
    }
}
