package io.drove.platform.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets that somebody else keeps in a file, one a line; blank lines do not count. The file is left as it is. */
public final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);

    private SecretFile() {}

    /**
     * Reads all of them, at least one. Warns of a file that every user of the machine can read.
     *
     * @throws IOException if it cannot be read, or is empty
     */
    public static List<Secret> read(Path file) throws IOException {
        List<Secret> secrets = Files.readString(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Secret::new)
                .toList();
        if (secrets.isEmpty()) {
            throw new IOException("the file " + file + " is empty; it must hold a secret, or several, one a line");
        }
        if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("secret file can be read by every user of this machine file={} todo=chmod 600", file);
        }
        return secrets;
    }
}
