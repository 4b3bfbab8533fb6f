package io.drove.model.wire;

import java.util.List;

/**
 * What came of reading a document: a value, or every problem of it at once.
 *
 * @param <T> what was to be read
 */
public sealed interface Decoded<T> {
    /** What is odd but accepted, such as unknown fields, one sentence each. */
    List<String> warnings();

    /** The document is sound as far as can be said without the cluster. */
    record Valid<T>(T value, List<String> warnings) implements Decoded<T> {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** The document is refused; {@code kind} is the family that the original would have answered with. */
    record Invalid<T>(Problem.Kind kind, List<Problem> problems, List<String> warnings) implements Decoded<T> {
        public Invalid {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }

        /** The problems as the lines that the API answers. */
        public List<String> texts() {
            return problems.stream().map(Problem::text).toList();
        }
    }
}
