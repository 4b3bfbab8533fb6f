package io.drove.executor.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the files of instances (reference 3). Nothing outside the log directory can be named. A piece never ends within a character, and is at
 * most {@link #BYTES_MAX} long whatever is asked for.
 */
public final class LogFiles {
    /** A piece when no length is asked for. */
    public static final int BYTES_DEFAULT = 32_768;
    /** The longest piece. */
    public static final int BYTES_MAX = 1 << 20;

    private static final int CHARACTER_BYTES_MAX = 4;
    private static final int NAME_MAX = 255;
    private static final String PREFIX = "output.";

    private final Path directory;

    public LogFiles(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Names of the instance's files in order; none when there are none. */
    public List<String> list(String app, String instance) throws LogReadException {
        Path folder = directory.resolve(component(app)).resolve(component(instance));
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                if (Files.isRegularFile(file) && Files.isReadable(file)) {
                    names.add(file.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new LogReadException("Could not read logs of " + app + "/" + instance + ": " + reason(e));
        }
        names.sort(null);
        return names;
    }

    /**
     * A piece of a file.
     *
     * @param offset in bytes; -1 together with a length of -1 asks for the file's present length
     * @param length in bytes; -1 for the default
     */
    public LogSlice read(String app, String instance, String name, long offset, long length) throws LogReadException {
        Path file = file(app, instance, name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (offset == -1 && length == -1) {
                return new LogSlice("", channel.size());
            }
            if (offset < 0 || length < -1) {
                throw new LogReadException("Error reading file " + shown(app, instance, name)
                        + ": no such place: offset " + offset + ", length " + length);
            }
            int wanted = (int) Math.min(length == -1 ? BYTES_DEFAULT : length, BYTES_MAX);
            ByteBuffer bytes = ByteBuffer.allocate(wanted + CHARACTER_BYTES_MAX - 1);
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes, offset + bytes.position());
            }
            boolean isAtEnd = bytes.position() <= wanted;
            bytes.flip();
            return new LogSlice(Utf8.decode(Utf8.whole(bytes, wanted, isAtEnd)), offset);
        } catch (IOException e) {
            throw new LogReadException("Error reading file " + shown(app, instance, name) + ": " + reason(e));
        }
    }

    /** The file of that name, to be sent as a whole. */
    public Path file(String app, String instance, String name) throws LogReadException {
        Path file =
                directory.resolve(component(app)).resolve(component(instance)).resolve(component(name));
        String missing = "Could not read log file: " + shown(app, instance, name);
        if (!name.startsWith(PREFIX)) {
            throw new LogReadException(missing);
        }
        try {
            if (!Files.isRegularFile(file)
                    || !Files.isReadable(file)
                    || !file.toRealPath().startsWith(directory.toRealPath())) {
                throw new LogReadException(missing);
            }
        } catch (IOException e) {
            throw new LogReadException(missing);
        }
        return file;
    }

    /** A name that is one component of a path and nothing else. */
    private static String component(String name) throws LogReadException {
        boolean isOne = !name.isEmpty()
                && name.length() <= NAME_MAX
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().allMatch(letter -> letter > ' ' && letter < 0x7f && letter != '/' && letter != '\\');
        if (!isOne) {
            throw new LogReadException(
                    "Log request to out of bounds directory/file: each of app, instance and file must be"
                            + " one path component of plain letters");
        }
        return name;
    }

    /** What callers may know of a place: not where it lies on this machine. */
    private static String shown(String app, String instance, String name) {
        return name + " of " + app + "/" + instance;
    }

    /** The exception's message would tell the absolute path. */
    private static String reason(IOException e) {
        return e.getClass().getSimpleName();
    }
}
