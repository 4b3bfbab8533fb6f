package io.drove.bench;

import io.drove.bench.scale.ScaleOptions;
import io.drove.bench.scale.ScaleOptions.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words after {@code drove bench scale}. */
final class ScaleWords {
    static final String USAGE = """
            Usage: drove bench scale [OPTION VALUE]...
            Measures a real controller with its journal under a cluster of simulated executors; prints a table, then a JSON line for each figure.
              --executors N        executors, each with a socket of its own (default: 100)
              --cores N            of each (default: 64)
              --numa-nodes N       of each (default: 2)
              --apps N             (default: 20)
              --instances N        of each app, of one core each (default: 100)
              --only IDS           what is measured after the load: some of P8, P14, ROLL, P7, R2 separated by commas, or none (default: all)
              --heap SIZE          DROVE_HEAP of the controller (default: none, above 100,000 instances 8g)
              --controller-java O  further options of the controller's JVM, in one word
              --executors-heap S   of the process with the simulated executors (default: 1g, above 100,000 instances 8g)
              --writers N          clients that create and scale apps at once (default: 8)
              --rate N             instances that are asked for a second, on average; 0: as fast as calls are answered (default: 0)
              --in-one-call yes    create each app with all its instances, instead of creating and then scaling it
              --apps-per-call N    with it, how many apps one call creates, up to 1000 (default: 1)
              --warm-up N          so many instances come and go in the same way before anything is measured, as if the controller had run for a while (default: 0)
              --reads N            questions a second while instances start (default: 50, with --in-one-call 0)
              --idle SECONDS       how long nothing happens while processor time is measured (default: 30)
              --patience SECONDS   how long counts may stand still before it is given up (default: 120)
              --seed N             for what the reader asks for (default: 1)
              --profile DIR        writes a JFR recording of the controller under load there
              --work-dir DIR       where the journal is kept meanwhile (default: the system's directory for temporary files)
              --keep yes           leave the working directory with all logs""";

    private static final Set<String> KNOWN = Set.of(
            "--executors",
            "--cores",
            "--numa-nodes",
            "--apps",
            "--instances",
            "--only",
            "--heap",
            "--controller-java",
            "--executors-heap",
            "--writers",
            "--rate",
            "--in-one-call",
            "--apps-per-call",
            "--warm-up",
            "--reads",
            "--idle",
            "--patience",
            "--seed",
            "--profile",
            "--work-dir",
            "--keep");

    private final Map<String, String> values = new HashMap<>();

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when they cannot be understood; says what was found and what is allowed
     */
    ScaleWords(List<String> words) {
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String option = left.pop();
            if (!KNOWN.contains(option)) {
                throw new IllegalArgumentException("unknown option " + option);
            }
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            values.put(option, left.pop());
        }
    }

    ScaleOptions options() {
        ScaleOptions.Cluster cluster = new ScaleOptions.Cluster(
                number("--executors", 100),
                number("--cores", 64),
                number("--numa-nodes", 2),
                number("--apps", 20),
                number("--instances", 100));
        ScaleOptions.Load load = new ScaleOptions.Load(
                number("--writers", 8),
                isYes("--in-one-call"),
                number("--apps-per-call", 1),
                number("--rate", 0),
                number("--warm-up", 0),
                number("--reads", isYes("--in-one-call") ? 0 : 50),
                Duration.ofSeconds(number("--idle", 30)),
                Duration.ofSeconds(number("--patience", 120)),
                number("--seed", 1));
        String profile = values.get("--profile");
        return new ScaleOptions(
                cluster,
                load,
                values.getOrDefault("--heap", ScaleOptions.heapFor(cluster)),
                values.getOrDefault("--controller-java", ""),
                values.getOrDefault("--executors-heap", ScaleOptions.executorsHeapFor(cluster)),
                profile == null ? null : Path.of(profile),
                isKept(),
                sections());
    }

    /** The directory under which a run works. */
    Path workDirectory() {
        return Path.of(values.getOrDefault("--work-dir", System.getProperty("java.io.tmpdir")));
    }

    boolean isKept() {
        return isYes("--keep");
    }

    private boolean isYes(String option) {
        String text = values.getOrDefault(option, "no");
        if (!text.equals("yes") && !text.equals("no")) {
            throw new IllegalArgumentException(option + " must be yes or no, was " + text);
        }
        return text.equals("yes");
    }

    private int number(String option, int otherwise) {
        String text = values.get(option);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,7}")) {
            throw new IllegalArgumentException(option + " must be a number, was " + text);
        }
        return Integer.parseInt(text);
    }

    private Set<Section> sections() {
        String text = values.get("--only");
        if (text == null) {
            return EnumSet.allOf(Section.class);
        }
        Set<Section> sections = EnumSet.noneOf(Section.class);
        if (text.equals("none")) {
            return sections;
        }
        for (String id : text.split(",", -1)) {
            sections.add(Arrays.stream(Section.values())
                    .filter(section -> section.name().equals(id.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--only knows none and " + Arrays.toString(Section.values()) + ", found \"" + id + "\"")));
        }
        return sections;
    }
}
