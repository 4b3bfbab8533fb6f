package io.drove.platform.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Writes and reads files that only their owner can read, also while they are being written. */
public final class OwnerOnlyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private OwnerOnlyFile() {}

    /** For {@code FileChannel.open}: a file that is made is its owner's alone. */
    public static FileAttribute<Set<PosixFilePermission>> attribute() {
        return PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    }

    /**
     * Closes a file to all but its owner; makes an empty one when there is none.
     *
     * @throws IOException if it cannot be made, or is another user's and open
     */
    public static Path close(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, attribute());
        }
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            try {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            } catch (IOException e) {
                throw new IOException(
                        file + " is open to other users and cannot be closed; give it to this user, then chmod 600 it",
                        e);
            }
        }
        return file;
    }

    /**
     * Replaces a file as a whole: a reader, or a start after a power cut, sees the old text or the new one.
     *
     * @param file its directory must exist
     */
    public static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = Objects.requireNonNull(target.getParent(), "a file lies in a directory");
        Path temporary = Files.createTempFile(directory, "." + target.getFileName(), ".tmp", attribute());
        try {
            try (FileChannel channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        // The rename itself must survive a power cut too.
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
