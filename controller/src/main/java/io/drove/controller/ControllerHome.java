package io.drove.controller;

import io.drove.platform.security.OwnerOnlyDirectory;
import io.drove.platform.security.OwnerOnlyFile;
import io.drove.platform.security.Secret;
import io.drove.platform.security.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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

    /** The secret given, else that of the file, which is made with a new one when there is none. Only its owner can read it. */
    Secret secret(@Nullable Secret given, String file) throws IOException {
        if (given != null) {
            return given;
        }
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
