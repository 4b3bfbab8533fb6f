package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.session.ToExecutor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.smile.SmileMapper;
import tools.jackson.dataformat.smile.SmileWriteFeature;

/** Whatever arrives, the answer is a value or a refusal with problems; nothing is thrown and nothing grows without bound. */
class FuzzTest {
    private static final int ROUNDS = 500;
    private static final SmileMapper SMILE =
            SmileMapper.builder().enable(SmileWriteFeature.LENIENT_UTF_ENCODING).build();

    private final UserDocuments documents = new UserDocuments(SpecRules.DEFAULT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void changed_trees_are_read_or_refused(long seed) {
        Random random = new Random(seed);
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode document = Golden.everything();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                change(document, random);
            }
            valid += assertAnswered(Golden.bytes(document)) ? 1 : 0;
        }
        assertThat(valid).isBetween(1, ROUNDS - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11})
    void changed_batches_are_read_or_refused(long seed) {
        Random random = new Random(seed);
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode batch = Golden.JSON.createObjectNode();
            batch.putArray("operations").add(Golden.everything()).add(Golden.everything());
            change(batch, random);
            valid += assertAnswered(documents.operations(Golden.bytes(batch))) ? 1 : 0;
        }
        assertThat(valid).isBetween(1, ROUNDS - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void changed_bytes_are_read_or_refused(long seed) {
        Random random = new Random(seed);
        byte[] sound = Golden.bytes("specs/create-everything.json");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = sound.clone();
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            assertAnswered(Arrays.copyOf(bytes, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"type\":\"CREATE\",\"spec\":{\"placementPolicy\":{\"policies\":["})
    void endless_nesting_is_refused(String opening) {
        assertThat(assertAnswered(opening.repeat(100_000).getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void changed_frames_are_read_or_refused(long seed) {
        Random random = new Random(seed);
        RandomModel model = new RandomModel(random);
        SessionCodec.ToExecutorWriter writer = new SessionCodec().toExecutorWriter();
        SessionCodec.ToExecutorReader reader = new SessionCodec().toExecutorReader();
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode frame =
                    (ObjectNode) SMILE.readTree(writer.write(new Numbered<>(round, model.make(ToExecutor.class))));
            change(frame, random);
            assertReadOrRefused(reader, SMILE.writeValueAsBytes(frame));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 9})
    void changed_bytes_of_frames_are_read_or_refused(long seed) {
        Random random = new Random(seed);
        RandomModel model = new RandomModel(random);
        SessionCodec.ToExecutorWriter writer = new SessionCodec().toExecutorWriter();
        SessionCodec.ToExecutorReader reader = new SessionCodec().toExecutorReader();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = writer.write(new Numbered<>(round, model.make(ToExecutor.class)));
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertReadOrRefused(reader, bytes);
        }
    }

    private static void assertReadOrRefused(SessionCodec.ToExecutorReader reader, byte[] message) {
        try {
            assertThat(reader.read(message)).isNotEmpty();
        } catch (FrameException refused) {
            assertThat(refused).hasMessageStartingWith("frame ");
        }
    }

    /** Whether it was read; fails when the answer is neither a value nor a refusal with problems. */
    private boolean assertAnswered(byte[] json) {
        return assertAnswered(documents.operation(json));
    }

    private static boolean assertAnswered(Decoded<?> read) {
        if (read instanceof Decoded.Invalid<?> refused) {
            assertThat(refused.problems()).isNotEmpty();
            assertThat(refused.texts())
                    .allMatch(text -> !text.isBlank()
                            && text.length() < 2000
                            && UTF_8.newEncoder().canEncode(text));
            return false;
        }
        return true;
    }

    private static void change(ObjectNode document, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(document, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", object.get(name));
                default -> object.set(name, oddity(random, document));
            }
        } else if (container instanceof ArrayNode array) {
            switch (array.isEmpty() ? 0 : random.nextInt(3)) {
                case 0 -> array.add(oddity(random, document));
                case 1 -> array.remove(random.nextInt(array.size()));
                default -> array.set(random.nextInt(array.size()), oddity(random, document));
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.values().forEach(child -> collect(child, containers));
        }
    }

    private static JsonNode oddity(Random random, ObjectNode document) {
        List<JsonNode> containers = new ArrayList<>();
        collect(document, containers);
        String[] texts = {
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "-1e-400",
            "99999999999999999999",
            "9".repeat(900),
            "\"\"",
            "\"x\"",
            "\"-1\"",
            "\"" + "y".repeat(5000) + "\"",
            "\"\\u0000\\ud800\"",
            "\"\\ud800\"",
            "\"" + "y".repeat(79) + "\\ud83d\\ude00 and more\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"type\":\"HTTP\"}",
            "{\"type\":null}",
            "{\"type\":{}}",
            "\"5m\"",
            "\"ANY\"",
            "[[[[[[1]]]]]]"
        };
        return random.nextInt(5) == 0
                ? containers.get(random.nextInt(containers.size())).deepCopy()
                : Golden.JSON.readTree(texts[random.nextInt(texts.length)]);
    }
}
