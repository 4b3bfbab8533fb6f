package io.drove.controller.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.platform.security.Secret;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class InstanceTokensTest {
    /** The signature was computed by Python's hmac over the same header and claims. */
    @Test
    void a_token_carries_the_claims_of_the_original_and_a_signature_that_others_can_check() {
        InstanceTokens tokens = new InstanceTokens(new Secret("secret"));

        String token = tokens.token(
                AppId.of("web", "1"),
                new InstanceId(InstanceId.Kind.APP, 1, 2),
                new ExecutorId("executor-1"),
                1_764_000_000_123L);

        String[] parts = token.split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        assertThat(decoded(parts[1]))
                .isEqualTo("{\"iss\":\"drove\",\"sub\":\"drove-controller\",\"aud\":\"drove-application-instance\","
                        + "\"iat\":1764000000,\"jti\":\"b9037adb-04f7-35b4-b70a-a39b7615b5a3\",\"droveAppId\":\"web-1\","
                        + "\"droveInstanceId\":\"AI-00000000-0000-0001-0000-000000000002\","
                        + "\"droveExecutorId\":\"executor-1\"}");
        assertThat(parts[2]).isEqualTo("z9bbdxUjErmR5r788nr2ogGtl6gdbryIhl0oBu2NPxY");
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }
}
