package io.drove.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.cli.command.Commands;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadersTest {
    private static final Command.Group ROOT = Commands.root(List.of());

    /** What the quick reader must read, and read as picocli does. */
    private static final List<String> PLAIN = List.of(
            "apps list",
            "-e http://x -u me -p pw apps list -s 3 -r --output json",
            "--endpoint=http://x apps list --sort=3 --reverse",
            "-i -d apps scale A-1 3 -p 2 -t 90s -w --failure-strategy ROLLBACK",
            "apps scale --wait A-1 -p 2 3",
            "apps list --endpoint http://x",
            "appinstances list A-1 -o",
            "appinstances replace A-1 AI-1 AI-2 AI-3 -w",
            "appinstances tail A-1 AI-1 --skipChars 4",
            "config add-cluster x -e http://y -u z",
            "apps create -");

    /** What only picocli may judge. */
    private static final List<String> ODD = List.of(
            "",
            "apps",
            "apps lst",
            "apps list --help",
            "apps list -rs3",
            "apps list -s3",
            "apps list --out json",
            "apps list -s 1 -s 2",
            "apps list extra",
            "apps scale A-1 -1",
            "apps scale A-1",
            "apps scale -- A-1 3",
            "apps list -s",
            "apps list --reverse=true",
            "nope");

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }

    @Test
    void plain_lines_are_read_alike() {
        for (String line : PLAIN) {
            Optional<Arguments> quick = QuickReader.read(ROOT, words(line));
            PicocliReader.Outcome slow = new PicocliReader(ROOT).read(words(line));

            assertThat(quick).as(line).isPresent();
            assertThat(slow).as(line).isInstanceOf(PicocliReader.Outcome.Run.class);
            if (slow instanceof PicocliReader.Outcome.Run(Arguments arguments)) {
                assertSame(line, quick.orElseThrow(), arguments);
            }
        }
    }

    private static void assertSame(String line, Arguments quick, Arguments slow) {
        assertThat(quick.command().name()).as(line).isEqualTo(slow.command().name());
        assertThat(quick.global()).as(line).isEqualTo(slow.global());
        assertThat(quick.flags()).as(line).isEqualTo(slow.flags());
        assertThat(quick.operands()).as(line).isEqualTo(slow.operands());
    }

    @Test
    void odd_lines_are_left_to_picocli() {
        for (String line : ODD) {
            assertThat(QuickReader.read(ROOT, words(line))).as(line).isEmpty();
        }
    }

    @Test
    void odd_lines_that_are_right_are_read_by_picocli() {
        assertRuns("apps list -rs3", "{--reverse=true, --sort=3}", "[]");
        assertRuns("apps list --out json", "{--output=json}", "[]");
        assertRuns("apps scale -- A-1 3", "{}", "[A-1, 3]");
    }

    private static void assertRuns(String line, String flags, String operands) {
        PicocliReader.Outcome outcome = new PicocliReader(ROOT).read(words(line));
        assertThat(outcome).as(line).isInstanceOf(PicocliReader.Outcome.Run.class);
        if (outcome instanceof PicocliReader.Outcome.Run(Arguments arguments)) {
            assertThat(new java.util.TreeMap<>(arguments.flags())).as(line).hasToString(flags);
            assertThat(arguments.operands()).as(line).hasToString(operands);
        }
    }

    @Test
    void wrong_lines_are_refused_with_a_reason() {
        assertThat(new PicocliReader(ROOT).read(words("apps lst"))).isInstanceOf(PicocliReader.Outcome.Wrong.class);
        assertThat(new PicocliReader(ROOT).read(words("apps scale A-1")))
                .isInstanceOf(PicocliReader.Outcome.Wrong.class);
        assertThat(new PicocliReader(ROOT).read(words("apps list --nope")))
                .isInstanceOf(PicocliReader.Outcome.Wrong.class);
    }
}
