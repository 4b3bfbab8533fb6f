package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevHelpTest {
    @Test
    void help_looks_like_that_of_the_other_commands() {
        assertThat(help("--help"))
                .startsWith("Usage: drove dev [OPTIONS] [COMMAND]")
                .contains("-h, --help", "Show this help.", "--detach", "status")
                .doesNotContain("--version", "\u001b");
        assertThat(help("status", "--help"))
                .startsWith("Usage: drove dev status [OPTIONS]")
                .contains("Show this help.");
    }

    private static String help(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(DevCommand.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
