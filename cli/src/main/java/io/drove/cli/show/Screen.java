package io.drove.cli.show;

import io.drove.client.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Where a command's answer goes: data and tables to standard output, everything said about them to standard error. */
public final class Screen {
    private final PrintStream out;
    private final PrintStream err;
    private final Supplier<ZoneId> zone;

    public Screen(PrintStream out, PrintStream err, Supplier<ZoneId> zone) {
        this.out = out;
        this.err = err;
        this.zone = zone;
    }

    /** How the answer is wanted. */
    public enum Format {
        TABLE,
        JSON,
        YAML
    }

    /** Prints the data itself, or what {@code human} makes of it. */
    public void show(Format format, JsonNode data, Supplier<String> human) {
        switch (format) {
            case TABLE -> out.print(human.get());
            case JSON -> out.println(Json.pretty(data));
            case YAML -> out.print(Yaml.write(data));
        }
    }

    /** A sentence that is the answer. */
    public void say(String text) {
        out.println(Plain.lines(text));
    }

    /** A remark beside the answer. */
    public void note(String text) {
        err.println(Plain.lines(text));
    }

    /** Milliseconds since 1970 in local time, as the original prints them. */
    public Table.Cell time(JsonNode millis) {
        return new Table.Cell.Amount(millis.asLong(0), timeText(millis));
    }

    /** The same as text; empty when there is none. */
    public String timeText(JsonNode millis) {
        long value = millis.asLong(0);
        if (value == 0) {
            return "";
        }
        LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(value), zone.get());
        // By hand: a formatter with a pattern loads some two hundred classes.
        return two(at.getDayOfMonth()) + "/" + two(at.getMonthValue()) + "/" + at.getYear() + ", " + two(at.getHour())
                + ":" + two(at.getMinute()) + ":" + two(at.getSecond());
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    /** Loaded only when YAML is asked for. */
    private static final class Yaml {
        static String write(JsonNode data) {
            return tools.jackson.dataformat.yaml.YAMLMapper.builder()
                    .disable(tools.jackson.dataformat.yaml.YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .build()
                    .writeValueAsString(data);
        }
    }
}
