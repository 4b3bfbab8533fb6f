package io.drove.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console and the levels are everybody's. */
@Isolated
class LoggingTest {
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        System.setOut(before);
        Logging.start(Map.of(Logging.LEVEL_VARIABLE, "WARN"));
    }

    @Test
    void a_line_is_time_level_short_logger_and_message() {
        start(Map.of());

        LoggerFactory.getLogger("io.drove.Thing").info("instance moved id={} to={}", "AI-7", "HEALTHY");
        LoggerFactory.getLogger("io.drove.Thing").debug("not shown");

        assertThat(console.toString(StandardCharsets.UTF_8))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO  Thing instance moved id=AI-7 to=HEALTHY\n");
    }

    @Test
    void the_level_comes_from_the_environment_and_libraries_stay_quiet() {
        start(Map.of(Logging.LEVEL_VARIABLE, "debug"));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()).isEqualTo(Level.DEBUG);
        assertThat(context.getLogger("org.apache.ratis.server").getEffectiveLevel())
                .isEqualTo(Level.WARN);
    }

    @Test
    void an_unknown_level_is_told() {
        start(Map.of(Logging.LEVEL_VARIABLE, "LOUD"));

        assertThat(console.toString(StandardCharsets.UTF_8)).contains("log level unknown found=LOUD");
    }

    @Test
    void what_is_logged_the_java_way_comes_through() {
        start(Map.of());

        java.util.logging.Logger.getLogger("io.helidon.Server").severe("cannot bind");
        java.util.logging.Logger.getLogger("io.helidon.Server").info("chatter");

        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("ERROR Server cannot bind")
                .doesNotContain("chatter");
    }

    private void start(Map<String, String> environment) {
        System.setOut(new PrintStream(console, true, StandardCharsets.UTF_8));
        Logging.start(environment);
    }
}
