package io.drove.dist.dev;

import io.drove.platform.security.OwnerOnlyFile;
import io.drove.platform.security.Secret;
import io.drove.platform.security.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What only the owner may know, made at the first start of a data directory. */
record DevSecrets(String username, Secret password, Secret cluster, Secret instances) {
    private static final String USERNAME = "admin";

    /** Reads the file, or makes new secrets and writes it. */
    static DevSecrets loadOrMake(Path file) throws IOException {
        if (Files.exists(file)) {
            JsonNode secrets = JsonMapper.shared().readTree(Files.readString(OwnerOnlyFile.close(file)));
            return new DevSecrets(
                    secrets.path("username").asString(),
                    secret(secrets, "password", file),
                    secret(secrets, "clusterSecret", file),
                    secret(secrets, "instanceSecret", file));
        }
        DevSecrets made = new DevSecrets(USERNAME, Secrets.generate(), Secrets.generate(), Secrets.generate());
        OwnerOnlyFile.write(
                file,
                JsonMapper.shared()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Map.of(
                                "username", made.username,
                                "password", made.password.reveal(),
                                "clusterSecret", made.cluster.reveal(),
                                "instanceSecret", made.instances.reveal())));
        return made;
    }

    private static Secret secret(JsonNode secrets, String name, Path file) throws IOException {
        String text = secrets.path(name).asString("");
        if (text.isEmpty()) {
            throw new IOException(file + " has no " + name + "; remove the file to have new secrets made");
        }
        return new Secret(text);
    }
}
