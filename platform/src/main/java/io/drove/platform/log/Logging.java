package io.drove.platform.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up. Call {@link #start} first in a main class, before any logger is made.
 *
 * <p>Also logback's own entry point, by {@code META-INF/services}, so that no configuration file is looked for.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    /** The environment variable with the level: TRACE, DEBUG, INFO (default), WARN, ERROR or OFF. */
    public static final String LEVEL_VARIABLE = "LOG_LEVEL";

    private static final String PATTERN = "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level %logger{0} %msg%n%ex";
    // What they tell at INFO is about themselves.
    private static final String[] TALKATIVE = {"org.apache.ratis", "io.helidon", "io.netty", "io.grpc"};

    /** Sets logging up with the level that {@code environment} asks for; an unknown level is INFO, with a warning. */
    public static void start(Map<String, String> environment) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        String wanted = environment.getOrDefault(LEVEL_VARIABLE, "INFO");
        configure(context, Level.toLevel(wanted.toUpperCase(Locale.ROOT), Level.INFO));
        takeFromJava();
        if (!Level.toLevel(wanted, Level.INFO).toString().equalsIgnoreCase(wanted)) {
            LoggerFactory.getLogger(Logging.class)
                    .warn("log level unknown found={} allowed=TRACE,DEBUG,INFO,WARN,ERROR,OFF used=INFO", wanted);
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        configure(context, Level.toLevel(System.getenv().getOrDefault(LEVEL_VARIABLE, "INFO"), Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void configure(LoggerContext context, Level level) {
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setEncoder(encoder);
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(console);
        for (String name : TALKATIVE) {
            context.getLogger(name).setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        }
    }

    /** Passes on what libraries log the JDK's way, Helidon's failures above all. */
    private static void takeFromJava() {
        LogManager.getLogManager().reset();
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        root.setLevel(java.util.logging.Level.WARNING);
        root.addHandler(new Handler() {
            @Override
            public void publish(LogRecord event) {
                pass(event);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    private static void pass(LogRecord event) {
        org.slf4j.Logger logger =
                LoggerFactory.getLogger(event.getLoggerName() == null ? "java" : event.getLoggerName());
        boolean isSevere = event.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue();
        logger.makeLoggingEventBuilder(isSevere ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.WARN)
                .setCause(event.getThrown())
                .log(new java.util.logging.SimpleFormatter().formatMessage(event));
    }
}
