package io.drove.controller;

import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.OwnerOnlyDirectory;
import io.drove.platform.security.OwnerOnlyFile;
import io.drove.platform.security.Secret;
import io.drove.platform.security.SecretFile;
import io.drove.platform.security.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a controller keeps on disk. */
final class ControllerHome {
    private final Path directory;

    /** Makes the directory if it is missing, and closes it to other users. */
    ControllerHome(Path directory) throws IOException {
        this.directory = OwnerOnlyDirectory.make(directory);
        OwnerOnlyDirectory.make(journal());
    }

    final Path journal() {
        return directory.resolve("journal");
    }

    /** The cluster's secrets as configured, else the one kept here. */
    ClusterSecret cluster(ControllerConfig.ClusterAuth given) throws IOException {
        Path file = given.secretFile();
        if (file != null) {
            return ClusterSecret.of(SecretFile.read(file));
        }
        if (!given.secrets().isEmpty()) {
            return ClusterSecret.of(given.secrets());
        }
        Secret one = given.secret();
        return new ClusterSecret(one == null ? kept("cluster-secret") : one);
    }

    /** What instances' tokens are signed with. */
    Secret instances(ControllerConfig.InstanceAuth given) throws IOException {
        Path file = given.secretFile();
        if (file != null) {
            return SecretFile.read(file).getFirst();
        }
        Secret one = given.secret();
        return one == null ? kept("instance-secret") : one;
    }

    /** The secret of the file, which is made with a new one when there is none. Only its owner can read it. */
    private Secret kept(String file) throws IOException {
        Path path = directory.resolve(file);
        if (!Files.exists(path)) {
            OwnerOnlyFile.write(path, Secrets.generate().reveal() + "\n");
        }
        Secret kept = new Secret(Files.readString(OwnerOnlyFile.close(path)).strip());
        if (kept.isEmpty()) {
            throw new IOException(
                    "the secret in " + path + " is empty; write one, or remove the file to have one made");
        }
        return kept;
    }
}
