package io.drove.platform.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes directories that only their owner can enter: what a program writes below is as private, whatever the process's umask. */
public final class OwnerOnlyDirectory {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private OwnerOnlyDirectory() {}

    /**
     * Makes the directory and its missing parents; closes it to others when it is there and open to them.
     *
     * @throws IOException if it cannot be made, or is another user's and open
     */
    public static Path make(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        if (!Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)) {
            try {
                Files.setPosixFilePermissions(directory, OWNER_ONLY);
            } catch (IOException e) {
                throw new IOException(
                        directory
                                + " is open to other users and cannot be closed; give it to this user, then chmod 700 it",
                        e);
            }
        }
        return directory;
    }
}
