package io.drove.cli;

import io.drove.cli.process.Environment;
import io.drove.cli.process.Pace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines in a made-up process: its time passes only by pausing. */
final class Shell {
    private final Map<String, String> variables = new HashMap<>();
    private final Path home;
    private String input = "";
    private boolean terminal;
    private int pausesLeft = Integer.MAX_VALUE;
    private Runnable atPause = () -> {};

    /** What a command left behind. */
    record Result(int code, String out, String err) {}

    Shell(Path home) {
        this.home = home;
    }

    Shell with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Shell input(String text) {
        input = text;
        return this;
    }

    Shell onTerminal() {
        terminal = true;
        return this;
    }

    /** Ends every loop after so many pauses. */
    Shell pauses(int count) {
        pausesLeft = count;
        return this;
    }

    Shell atPause(Runnable action) {
        atPause = action;
        return this;
    }

    Result run(String... words) {
        return run(List.of(), words);
    }

    Result run(List<DroveCommand.Role> roles, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Environment environment = new Environment(
                variables,
                home,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                () -> terminal,
                () -> terminal,
                () -> ZoneOffset.UTC,
                new SteppedPace(),
                () -> () -> {});
        int code = DroveCommand.run(words, environment, roles);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private final class SteppedPace implements Pace {
        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public boolean pause(Duration length) {
            now += length.toNanos();
            atPause.run();
            return pausesLeft-- > 0;
        }
    }
}
