package io.drove.executor.container;

import static io.drove.model.Assertion.require;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A tar archive in memory, in the POSIX ustar format (IEEE Std 1003.1, pax, "ustar Interchange Format"). */
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int PREFIX_BYTES = 155;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Tar() {}

    /** The files, readable for everybody and owned by root. */
    static byte[] of(List<InjectedFile> files) {
        Tar tar = new Tar();
        for (InjectedFile file : files) {
            String path = relative(file.path());
            byte[] content = file.content().toBytes();
            tar.header(path, content.length, '0', 0644);
            tar.out.writeBytes(content);
            tar.pad(content.length);
        }
        tar.out.writeBytes(new byte[2 * BLOCK]);
        return tar.out.toByteArray();
    }

    /** Entries without a leading slash are put below the root that the engine is told; the engine makes their directories. */
    private static String relative(String path) {
        String trimmed = path;
        while (trimmed.startsWith("/")) {
            trimmed = trimmed.substring(1);
        }
        require(!trimmed.isEmpty(), "a file needs a name, was %s", path);
        require(!List.of(trimmed.split("/")).contains(".."), "a file's path must not lead upwards, was %s", path);
        return trimmed;
    }

    private void header(String path, long size, char type, int mode) {
        byte[] block = new byte[BLOCK];
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int cut = split(name);
        if (cut < 0) {
            put(block, 0, NAME_BYTES, name);
        } else {
            put(block, 345, PREFIX_BYTES, Arrays.copyOfRange(name, 0, cut));
            put(block, 0, NAME_BYTES, Arrays.copyOfRange(name, cut + 1, name.length));
        }
        octal(block, 100, 8, mode);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size);
        octal(block, 136, 12, 0);
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        put(block, 257, 8, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, 148, 7, sum);
        out.writeBytes(block);
    }

    /** Where a long name is cut into prefix and name, at a slash; -1 when it need not be. */
    private static int split(byte[] name) {
        if (name.length <= NAME_BYTES) {
            return -1;
        }
        for (int i = name.length - NAME_BYTES - 1; i <= PREFIX_BYTES && i < name.length; i++) {
            if (name[i] == '/') {
                return i;
            }
        }
        throw new IllegalArgumentException("a file's path is too long: " + name.length + " bytes");
    }

    private static void put(byte[] block, int offset, int max, byte[] value) {
        System.arraycopy(value, 0, block, offset, Math.min(max, value.length));
    }

    private static void octal(byte[] block, int offset, int width, long value) {
        String digits = Long.toOctalString(value);
        String padded = "0".repeat(width - 1 - digits.length()) + digits;
        put(block, offset, width - 1, padded.getBytes(StandardCharsets.US_ASCII));
    }

    private void pad(long size) {
        out.writeBytes(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
