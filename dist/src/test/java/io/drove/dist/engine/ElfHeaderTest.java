package io.drove.dist.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfHeaderTest {
    private static final int LOAD = 1;
    private static final int INTERPRETER = 3;

    @TempDir
    private Path directory;

    @Test
    void a_program_with_an_interpreter_is_not_static() throws Exception {
        assertThat(ElfHeader.read(program(LOAD, INTERPRETER)).isStatic()).isFalse();
    }

    @Test
    void a_program_without_an_interpreter_is_static() throws Exception {
        assertThat(ElfHeader.read(program(LOAD, LOAD)).isStatic()).isTrue();
    }

    @Test
    void the_java_launcher_is_not_static() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        assertThat(ElfHeader.read(java)).isEqualTo(new ElfHeader(true, true));
    }

    @Test
    void a_script_and_an_empty_file_are_no_programs() throws Exception {
        assertThat(ElfHeader.read(Files.writeString(directory.resolve("script"), "#!/bin/sh\n"))
                        .isStatic())
                .isFalse();
        assertThat(ElfHeader.read(Files.createFile(directory.resolve("empty"))).isStatic())
                .isFalse();
    }

    private Path program(int... segments) throws Exception {
        return program(directory.resolve("program"), segments);
    }

    /** A file with the header of a static program. */
    static Path staticProgram(Path file) throws Exception {
        return program(file, LOAD);
    }

    private static Path program(Path path, int... segments) throws Exception {
        ByteBuffer file = ByteBuffer.allocate(64 + 56 * segments.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1});
        file.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) segments.length);
        for (int i = 0; i < segments.length; i++) {
            file.putInt(64 + 56 * i, segments[i]);
        }
        return Files.write(path, file.array());
    }
}
