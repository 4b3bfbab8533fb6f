package io.drove.dist.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the header of a 64-bit ELF file says about how it is linked (System V ABI, chapter 5). */
record ElfHeader(boolean isElf64, boolean hasInterpreter) {
    private static final int MAGIC = 0x7f454c46;
    private static final int INTERPRETER_SEGMENT = 3;
    private static final int HEAD_BYTES = 4096;

    boolean isStatic() {
        return isElf64 && !hasInterpreter;
    }

    static ElfHeader read(Path file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {}
        }
        head.flip();
        boolean isElf64 = head.limit() >= 64 && head.getInt(0) == MAGIC && head.get(4) == 2;
        if (!isElf64) {
            return new ElfHeader(false, false);
        }
        head.order(head.get(5) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int table = (int) head.getLong(32);
        int size = head.getShort(54);
        int count = head.getShort(56);
        for (int i = 0; i < count && table + i * size + 4 <= head.limit(); i++) {
            if (head.getInt(table + i * size) == INTERPRETER_SEGMENT) {
                return new ElfHeader(true, true);
            }
        }
        return new ElfHeader(true, false);
    }
}
