package io.drove.executor.logs;

import io.drove.executor.container.OutputPosition;
import io.drove.executor.container.OutputSink;
import io.drove.executor.container.OutputSource;
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
import java.time.Duration;

/**
 * The copy of one container's output. Beside it a small record says up to which piece of each source it is complete, and the file's length. Text
 * beyond that length was written just before a crash and is cut off, since it will come again.
 *
 * <p>The copy resumes by the engine's timestamps, which go back where its two readers wrote in the other order than they read. So it asks from a
 * little before the piece that it copied last, and drops of each source what it has of that source: nothing is lost, nothing doubled.
 */
final class OutputFile implements OutputSink, Closeable {
    private static final String NAME = "output.log";
    private static final int RECORD_BYTES = 160;
    // Between reading a line and keeping it the engine's readers wait for each other, at worst for a disk that stalls.
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private final Path folder;
    private final long bytesMax;
    private final int filesMax;
    private final FileChannel record;
    private FileChannel text;
    private Copied stdout = Copied.nothing();
    private Copied stderr = Copied.nothing();
    private OutputSource last = OutputSource.STDOUT;
    private long length;

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
        if (parts.length == 6) {
            stdout = Copied.read(parts[0], parts[1]);
            stderr = Copied.read(parts[2], parts[3]);
            last = OutputSource.valueOf(parts[4]);
            length = Math.min(Long.parseLong(parts[5]), text.size());
        } else {
            length = 0;
        }
        text.truncate(length);
    }

    /** From where the engine is to be asked. What is there already is dropped as it comes. */
    OutputPosition position() {
        stdout.resume();
        stderr.resume();
        return of(last).time()
                .map(time -> new OutputPosition(time.minus(OVERLAP)))
                .orElse(OutputPosition.START);
    }

    @Override
    public void accept(OutputSource source, String stamp, byte[] piece) throws IOException {
        Copied copied = of(source);
        if (copied.has(stamp)) {
            return;
        }
        if (length > 0 && length + piece.length > bytesMax) {
            turn();
        }
        ByteBuffer bytes = ByteBuffer.wrap(piece);
        while (bytes.hasRemaining()) {
            length += text.write(bytes, length);
        }
        copied.add(stamp);
        last = source;
        writeRecord();
    }

    private Copied of(OutputSource source) {
        return switch (source) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }

    private void writeRecord() throws IOException {
        String line = stdout.words() + " " + stderr.words() + " " + last + " " + length;
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
