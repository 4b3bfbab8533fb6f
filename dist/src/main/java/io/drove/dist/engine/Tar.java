package io.drove.dist.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a small tar archive in memory (POSIX ustar): what an image of one layer is made of. Everything belongs to root, at time 0. */
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES_MAX = 100;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Tar directory(String name) {
        add(name + "/", '5', 0755, "", new byte[0]);
        return this;
    }

    Tar file(String name, int mode, byte[] content) {
        add(name, '0', mode, "", content);
        return this;
    }

    /** A symbolic link. */
    Tar link(String name, String target) {
        add(name, '2', 0777, target, new byte[0]);
        return this;
    }

    /** The archive with its end. */
    byte[] toBytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.size() + 2 * BLOCK);
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    private void add(String name, char kind, int mode, String target, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, NAME_BYTES_MAX, name);
        put(header, 100, 8, octal(mode, 7));
        put(header, 108, 8, octal(0, 7));
        put(header, 116, 8, octal(0, 7));
        put(header, 124, 12, octal(content.length, 11));
        put(header, 136, 12, octal(0, 11));
        put(header, 148, 8, "        ");
        header[156] = (byte) kind;
        put(header, 157, NAME_BYTES_MAX, target);
        put(header, 257, 8, "ustar\00000");
        // The checksum is the sum of the header's bytes with blanks in its own place.
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 8, octal(sum, 6) + "\0 ");
        bytes.writeBytes(header);
        bytes.writeBytes(content);
        bytes.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, int room, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > room) {
            throw new IllegalArgumentException("\"" + text + "\" takes more than " + room + " bytes in a tar header");
        }
        System.arraycopy(encoded, 0, header, at, encoded.length);
    }

    private static String octal(int value, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", value);
    }
}
