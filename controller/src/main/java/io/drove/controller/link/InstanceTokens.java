package io.drove.controller.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.platform.security.Secret;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Makes the tokens by which instances show who they are: JWT, HS256, with the original's claims (reference 5.4). Thread-safe. */
public final class InstanceTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int CLAIMS_BYTES = 384;
    private static final String HEADER = BASE64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));

    private final JsonMapper json = JsonMapper.builder().build();
    /** Never used itself: a copy is made in a fraction of the time that looking up and keying a new one takes. */
    private final Mac keyed;

    public InstanceTokens(Secret secret) {
        try {
            this.keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * The token of an instance.
     *
     * @param wallMillis when it is made
     */
    public String token(AppId app, InstanceId instance, ExecutorId executor, long wallMillis) {
        ByteArrayOutputStream claims = new ByteArrayOutputStream(CLAIMS_BYTES);
        try (JsonGenerator to = json.createGenerator(claims)) {
            to.writeStartObject();
            to.writeStringProperty("iss", "drove");
            to.writeStringProperty("sub", "drove-controller");
            to.writeStringProperty("aud", "drove-application-instance");
            to.writeNumberProperty("iat", wallMillis / 1000);
            to.writeStringProperty("jti", id(app, instance, executor));
            to.writeStringProperty("droveAppId", app.value());
            to.writeStringProperty("droveInstanceId", instance.toString());
            to.writeStringProperty("droveExecutorId", executor.value());
            to.writeEndObject();
        }
        String signed = HEADER + "." + BASE64.encodeToString(claims.toByteArray());
        return signed + "." + BASE64.encodeToString(sign(signed));
    }

    /** The original's rule (reference 5.1). */
    private static String id(AppId app, InstanceId instance, ExecutorId executor) {
        String name = app + ":" + instance + ":" + executor;
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    private byte[] sign(String text) {
        try {
            return ((Mac) keyed.clone()).doFinal(text.getBytes(UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's " + ALGORITHM + " can be copied", e);
        }
    }
}
