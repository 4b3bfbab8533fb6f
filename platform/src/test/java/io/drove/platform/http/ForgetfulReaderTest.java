package io.drove.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.helidon.common.buffers.DataReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody can tell it from Helidon's reader. */
class ForgetfulReaderTest {
    /** All that Helidon's reader has, but for its listener, which it tells nothing: what is not overridden would look into a reader that nothing was read into. */
    @Test
    void every_method_is_overridden() {
        List<Method> methods = Arrays.stream(DataReader.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers())
                        && !Modifier.isPrivate(method.getModifiers())
                        && !method.isSynthetic()
                        && !method.getName().equals("listener"))
                .toList();

        assertThat(methods).hasSizeGreaterThan(15);
        assertThat(methods)
                .allSatisfy(method -> assertThatCode(() ->
                                ForgetfulReader.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .doesNotThrowAnyException());
    }

    @Test
    void what_is_read_is_what_helidon_s_reader_reads() {
        Random random = new Random(23);
        Set<String> seen = new HashSet<>();
        for (int round = 0; round < 3_000; round++) {
            List<byte[]> parts = parts(random);
            DataReader theirs = DataReader.create(new ArrayDeque<>(parts)::poll);
            DataReader ours = new ForgetfulReader(new ArrayDeque<>(parts)::poll);
            for (int step = 0; step < 30; step++) {
                int which = random.nextInt(OPERATIONS.size());
                int number = random.nextInt(12);

                String wanted = outcome(theirs, OPERATIONS.get(which), number);
                assertThat(outcome(ours, OPERATIONS.get(which), number))
                        .as("operation %d in round %d", which, round)
                        .isEqualTo(wanted);
                seen.add(which + (wanted.startsWith("!") ? wanted : ""));
                if (wanted.startsWith("!")) {
                    break;
                }
                assertThat(ours.available()).isEqualTo(theirs.available());
            }
        }
        assertThat(seen).hasSizeGreaterThan(OPERATIONS.size() + 5);
    }

    @Test
    void what_was_read_is_let_go_of_and_what_was_not_is_kept() {
        Queue<byte[]> parts = new ArrayDeque<>(List.of(bytes("abc"), bytes("def"), bytes("ghi")));
        ForgetfulReader reader = new ForgetfulReader(parts::poll);

        assertThat(reader.readAsciiString(2)).isEqualTo("ab");
        DataReader second = reader.reader();
        assertThat(reader.readAsciiString(2)).isEqualTo("cd");
        assertThat(reader.reader()).isSameAs(second);
        assertThat(reader.readAsciiString(2)).isEqualTo("ef");
        assertThat(reader.reader()).isNotSameAs(second);
        assertThat(reader.readAsciiString(3)).isEqualTo("ghi");
    }

    /** What is done, with a number, and what comes of it. */
    @FunctionalInterface
    private interface Operation {
        Object of(DataReader reader, int number);
    }

    private static final List<Operation> OPERATIONS = List.of(
            (reader, number) -> reader.read(),
            (reader, number) -> reader.lookup(),
            (reader, number) -> reader.available(),
            (reader, number) -> {
                reader.pullData();
                return reader.available();
            },
            (reader, number) -> {
                reader.ensureAvailable();
                return reader.available();
            },
            (reader, number) -> {
                reader.skip(number);
                return "";
            },
            (reader, number) -> reader.startsWithNewLine(),
            (reader, number) -> reader.startsWith(bytes("\r\n")),
            (reader, number) -> text(reader.readBuffer().readBytes()),
            (reader, number) ->
                    text(reader.readBuffer(Math.min(number, reader.available())).readBytes()),
            (reader, number) ->
                    text(reader.getBuffer(Math.min(number, reader.available())).readBytes()),
            (reader, number) -> reader.readLazyString(US_ASCII, number).toString(),
            (reader, number) -> reader.readAsciiString(number),
            (reader, number) -> text(reader.readBytes(number)),
            (reader, number) -> reader.readLine(),
            (reader, number) -> reader.findOrNewLine((byte) 'b', number),
            (reader, number) -> reader.findNewLine(number),
            (reader, number) -> reader.debugDataHex());

    private static String outcome(DataReader reader, Operation operation, int number) {
        try {
            return String.valueOf(operation.of(reader, number));
        } catch (RuntimeException refused) {
            return "!" + refused.getClass().getSimpleName() + refused.getMessage();
        }
    }

    private static List<byte[]> parts(Random random) {
        List<byte[]> parts = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            StringBuilder part = new StringBuilder();
            for (int j = random.nextInt(1, 9); j > 0; j--) {
                part.append(List.of("a", "b", "\r\n", "\r", "\n", "cd").get(random.nextInt(6)));
            }
            parts.add(bytes(part.toString()));
        }
        return parts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
