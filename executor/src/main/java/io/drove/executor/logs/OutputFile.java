package io.drove.executor.logs;

import io.drove.executor.container.OutputPosition;
import io.drove.executor.container.OutputSink;
import io.drove.platform.security.OwnerOnlyDirectory;
import io.drove.platform.security.OwnerOnlyFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The copy of one container's output. Beside it a small record says up to which piece it is complete: the engine's timestamp, how many pieces
 * carry it, and the file's length. Text beyond that length was written just before a crash and is cut off, since it will come again.
 */
final class OutputFile implements OutputSink, Closeable {
    private static final String NAME = "output.log";
    private static final int RECORD_BYTES = 96;

    private final Path folder;
    private final long bytesMax;
    private final int filesMax;
    private final FileChannel record;
    private FileChannel text;
    private String timestamp = "";
    private int sameStamp;
    private long length;
    /** Pieces of the resumed timestamp that are in the file already. */
    private int toSkip;

    OutputFile(Path folder, long bytesMax, int filesMax) throws IOException {
        this.folder = folder;
        this.bytesMax = bytesMax;
        this.filesMax = filesMax;
        OwnerOnlyDirectory.make(folder);
        this.record = open(".position");
        this.text = openText();
        resume();
    }

    private FileChannel openText() throws IOException {
        return open(NAME);
    }

    /** What instances print may be secret: the owner's alone, also where an older version left it open. */
    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                OwnerOnlyFile.close(folder.resolve(name)), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void resume() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(RECORD_BYTES);
        record.read(bytes, 0);
        String[] parts = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII)
                .trim()
                .split(" ");
        if (parts.length == 3) {
            timestamp = parts[0];
            sameStamp = Integer.parseInt(parts[1]);
            toSkip = sameStamp;
            length = Math.min(Long.parseLong(parts[2]), text.size());
        } else {
            length = 0;
        }
        text.truncate(length);
    }

    /** From where the engine is to be asked. */
    OutputPosition position() {
        toSkip = sameStamp;
        return new OutputPosition(timestamp);
    }

    @Override
    public void accept(String stamp, byte[] piece) throws IOException {
        if (toSkip > 0 && stamp.equals(timestamp)) {
            toSkip--;
            return;
        }
        toSkip = 0;
        if (length > 0 && length + piece.length > bytesMax) {
            turn();
        }
        ByteBuffer bytes = ByteBuffer.wrap(piece);
        while (bytes.hasRemaining()) {
            length += text.write(bytes, length);
        }
        sameStamp = stamp.equals(timestamp) ? sameStamp + 1 : 1;
        timestamp = stamp;
        writeRecord();
    }

    private void writeRecord() throws IOException {
        String line = timestamp + " " + sameStamp + " " + length;
        String padded = line + " ".repeat(Math.max(0, RECORD_BYTES - 1 - line.length())) + "\n";
        record.write(ByteBuffer.wrap(padded.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private void turn() throws IOException {
        text.close();
        Files.deleteIfExists(turned(filesMax - 1));
        for (int number = filesMax - 2; number >= 1; number--) {
            if (Files.exists(turned(number))) {
                Files.move(turned(number), turned(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (filesMax > 1) {
            Files.move(folder.resolve(NAME), turned(1), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(folder.resolve(NAME));
        }
        text = openText();
        length = 0;
        writeRecord();
    }

    private Path turned(int number) {
        return folder.resolve(NAME + "." + number);
    }

    @Override
    public void close() throws IOException {
        text.close();
        record.close();
    }
}
