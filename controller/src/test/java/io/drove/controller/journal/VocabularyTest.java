package io.drove.controller.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.contract.Change;
import io.drove.core.state.SnapshotPart;
import io.drove.model.app.AppSpec;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Names are part of the journal's format: of records, of their components, of constants. All that can come into it is listed in a golden file.
 *
 * <p>When this fails: a new type, a new constant, or a new component that is a collection or nullable only needs the file to be written anew, with {@code
 * -Dgolden.write=true}. Anything else makes old journals unreadable: write a new format version that still reads the old one.
 */
class VocabularyTest {
    private static final String GOLDEN = "/golden/vocabulary-1.txt";

    private final TreeMap<String, String> words = new TreeMap<>();

    @Test
    void the_words_of_version_1_are_what_they_always_were() throws IOException {
        collect(Change.class);
        collect(SnapshotPart.class);
        String now = words.entrySet().stream()
                .map(word -> word.getKey() + " " + word.getValue() + "\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(Path.of("src/test/resources" + GOLDEN), now);
        }

        assertThat(words).hasSizeGreaterThan(60);
        assertThat(now).isEqualTo(golden());
    }

    private void collect(Type type) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::collect);
            return;
        }
        if (!(type instanceof Class<?> raw) || !raw.getName().startsWith("io.drove.") || words.containsKey(name(raw))) {
            return;
        }
        if (raw.isEnum()) {
            words.put(name(raw), Arrays.toString(raw.getEnumConstants()));
        } else if (raw.isSealed()) {
            words.put(
                    name(raw),
                    Arrays.stream(raw.getPermittedSubclasses())
                            .map(Class::getSimpleName)
                            .sorted()
                            .toList()
                            .toString());
            Arrays.stream(raw.getPermittedSubclasses()).forEach(this::collect);
        } else if (raw.isRecord()) {
            words.put(
                    name(raw),
                    Arrays.stream(raw.getRecordComponents())
                            .map(VocabularyTest::shown)
                            .toList()
                            .toString());
            Arrays.stream(raw.getRecordComponents()).forEach(component -> collect(component.getGenericType()));
        } else {
            words.put(name(raw), "a value");
        }
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }

    private static String shown(RecordComponent component) {
        if (component.getDeclaringRecord() == AppSpec.class
                && component.getName().equals("id")) {
            return "name: String"; // written instead
        }
        return component.getName() + ": "
                + component.getGenericType().getTypeName().replaceAll("[a-z.]+\\.(?=[A-Z])", "");
    }

    private static String golden() throws IOException {
        try (InputStream file = Objects.requireNonNull(VocabularyTest.class.getResourceAsStream(GOLDEN), GOLDEN)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
