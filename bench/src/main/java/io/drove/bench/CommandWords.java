package io.drove.bench;

import io.drove.bench.run.RunOptions;
import io.drove.bench.run.Section;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** The words after {@code drove bench run}. */
final class CommandWords {
    static final String USAGE = """
            Usage: drove bench run [--quick] [--runs N] [--only P9,P15,...] [--keep]
            Measures Drove on this machine beside the bare engine and Docker Swarm; prints a table, then a JSON line for each figure.
              --quick     fewer repetitions
              --runs N    how often each thing is done that takes seconds (default: 5, with --quick 3)
              --only IDS  some of P15, P16, P9, P17, P8, separated by commas (default: all)
              --keep      leave the working directory with all logs
            Needs root on Linux and dockerd; takes an engine and a network of its own and removes them at the end.""";

    private CommandWords() {}

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when they cannot be understood; says what was found and what is allowed
     */
    static RunOptions parse(List<String> words) {
        boolean isQuick = false;
        boolean isKept = false;
        OptionalInt runs = OptionalInt.empty();
        Set<Section> only = EnumSet.allOf(Section.class);
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String word = left.pop();
            switch (word) {
                case "--quick" -> isQuick = true;
                case "--keep" -> isKept = true;
                case "--runs" -> runs = OptionalInt.of(number(word, value(word, left)));
                case "--only" -> only = sections(value(word, left));
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        return new RunOptions(isQuick, runs, isKept, only);
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.pop();
    }

    private static int number(String option, String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new IllegalArgumentException(option + " must be a number, was " + text);
        }
        return Integer.parseInt(text);
    }

    private static Set<Section> sections(String text) {
        Set<Section> sections = EnumSet.noneOf(Section.class);
        for (String id : text.split(",", -1)) {
            sections.add(Arrays.stream(Section.values())
                    .filter(section -> section.name().equals(id.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--only knows " + Arrays.toString(Section.values()) + ", found \"" + id + "\"")));
        }
        return sections;
    }
}
