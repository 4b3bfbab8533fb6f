package io.drove.model.wire;

import io.drove.model.Surrogates;
import io.drove.model.time.TimeSpan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns a JSON scalar into what a field wants, as leniently as the original's reader does: numbers as text, text as numbers, enums in any case.
 * What cannot be turned is told in the original's words and answered with null.
 */
final class Coercion {
    private static final int SPAN_TEXT_MAX = 64;
    /** More digits before the point than any long has. */
    private static final int LONG_DIGITS_MAX = 20;

    private final Findings findings;

    Coercion(Findings findings) {
        this.findings = findings;
    }

    @Nullable
    String text(JsonNode node, Place place) {
        if (node.isContainer()) {
            findings.json(place.toString(), "Cannot deserialize value of type `String` from " + shape(node), "");
            return null;
        }
        String text = node.asString();
        if (text.indexOf('\0') >= 0) {
            findings.constraint(place.toString(), "must not contain the character NUL", "", "");
            return null;
        }
        // The reader refuses such names, and such bytes, but not such an escape. The text may be secret.
        if (!Surrogates.arePaired(text)) {
            findings.constraint(
                    place.toString(),
                    "must be text that UTF-8 can carry",
                    "half of a surrogate pair",
                    "surrogates in pairs, such as \\ud83d\\ude00");
            return null;
        }
        return text;
    }

    /** A whole number; fractions are cut as the original's reader cuts them. Empty text counts as absent and is answered with {@code absent}. */
    @Nullable
    Long number(JsonNode node, Place place, long absent, Range range) {
        String type = range.type();
        if (node.isInt()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return inRange(node.decimalValue(), place, range);
        }
        if (!node.isString()) {
            findings.json(place.toString(), "Cannot deserialize value of type `" + type + "` from " + shape(node), "");
            return null;
        }
        String text = node.stringValue().trim();
        if (text.isEmpty()) {
            return absent;
        }
        if (!text.matches("[+-]?\\d{1,1000}")) {
            findings.json(
                    place.toString(),
                    "Cannot deserialize value of type `" + type + "` from String " + quote(node.stringValue())
                            + ": not a valid `" + type + "` value",
                    "");
            return null;
        }
        return inRange(new BigDecimal(text), place, range);
    }

    private @Nullable Long inRange(BigDecimal value, Place place, Range range) {
        long min = range.isLong() ? Long.MIN_VALUE : Integer.MIN_VALUE;
        long max = range.isLong() ? Long.MAX_VALUE : Integer.MAX_VALUE;
        // Digits are counted first: writing 1e999999999 out as an integer would take all memory.
        long digits = (long) value.precision() - value.scale();
        if (digits <= LONG_DIGITS_MAX) {
            BigInteger whole = digits <= 0 ? BigInteger.ZERO : value.toBigInteger();
            if (whole.compareTo(BigInteger.valueOf(min)) >= 0 && whole.compareTo(BigInteger.valueOf(max)) <= 0) {
                return whole.longValue();
            }
        }
        findings.json(
                place.toString(),
                "Numeric value (" + shorten(value.toString()) + ") out of range of " + range.type() + " (" + min + " - "
                        + max + ")",
                "");
        return null;
    }

    @Nullable
    Boolean flag(JsonNode node, Place place) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.decimalValue().signum() != 0;
        }
        if (node.isString()) {
            String text = node.stringValue().trim();
            if (text.isEmpty() || text.equalsIgnoreCase("false")) {
                return false;
            }
            if (text.equalsIgnoreCase("true")) {
                return true;
            }
            findings.json(
                    place.toString(),
                    "Cannot deserialize value of type `boolean` from String " + quote(node.stringValue())
                            + ": only \"true\"/\"True\"/\"TRUE\" or \"false\"/\"False\"/\"FALSE\" recognized",
                    "");
            return null;
        }
        findings.json(place.toString(), "Cannot deserialize value of type `boolean` from " + shape(node), "");
        return null;
    }

    /** A constant by its name: in any case, with {@code -} and {@code .} for {@code _}. */
    <E extends Enum<E>> @Nullable E choice(JsonNode node, Place place, Class<E> type) {
        E[] constants = type.getEnumConstants();
        String text = node.isArray() ? "[" : node.isObject() ? "{" : node.asString();
        String wanted = text.strip().replace('-', '_').replace('.', '_');
        for (E constant : constants) {
            if (constant.name().equalsIgnoreCase(wanted)) {
                return constant;
            }
        }
        List<String> names = Arrays.stream(constants).map(Enum::name).toList();
        findings.json(
                place.toString(),
                "Cannot deserialize value of type `" + type.getSimpleName() + "` from String " + quote(text) + ": "
                        + shorten(text) + " was not one of " + names,
                findings.nearest(wanted, names));
        return null;
    }

    @Nullable
    TimeSpan span(JsonNode node, Place place) {
        if (!node.isString()) {
            findings.add(new Problem(
                    Problem.Kind.JSON_VALIDATION_FAILURE,
                    place.toString(),
                    "Cannot construct instance of `Duration`" + noCreator(node),
                    "",
                    "text such as \"30 seconds\"",
                    ""));
            return null;
        }
        TimeSpan span = TimeSpan.parse(node.stringValue()).orElse(null);
        if (span == null) {
            findings.add(new Problem(
                    Problem.Kind.JSON_VALIDATION_FAILURE,
                    place.toString(),
                    "Cannot construct instance of `Duration`, problem: Invalid duration: "
                            + shorten(node.stringValue())
                            + (isOfUnknownUnit(node.stringValue()) ? ". Wrong time unit" : ""),
                    "",
                    "a number and a unit: ns, us, ms, s, m, h, d, or the unit's name",
                    ""));
            return null;
        }
        if (span.toNanos() > DocumentLimits.SPAN_MAX.toNanos()) {
            findings.constraint(
                    place.toString(), "is too long", shorten(span.toString()), "at most " + DocumentLimits.SPAN_MAX);
            return null;
        }
        return span;
    }

    /** How the original's reader tells that an object was wanted. */
    String noCreator(JsonNode node) {
        String start = " (although at least one Creator exists): no ";
        String end = "-argument constructor/factory method to deserialize from ";
        if (node.isString()) {
            return start + "String" + end + "String value ('" + shorten(node.stringValue()) + "')";
        }
        if (node.isBoolean()) {
            return start + "boolean/Boolean" + end + "boolean value (" + node.booleanValue() + ")";
        }
        if (node.isNumber()) {
            String kind = node.isIntegralNumber() ? "int/Int" : "double/Double";
            return start + kind + end + "Number value (" + shorten(node.asString()) + ")";
        }
        return " from " + shape(node);
    }

    /** What kind of JSON stands there, in the original's words. */
    static String shape(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "Array value (token `JsonToken.START_ARRAY`)";
            case OBJECT -> "Object value (token `JsonToken.START_OBJECT`)";
            case BOOLEAN -> "Boolean value (token `JsonToken.VALUE_" + (node.booleanValue() ? "TRUE`)" : "FALSE`)");
            case NUMBER ->
                node.isIntegralNumber()
                        ? "Integer value (token `JsonToken.VALUE_NUMBER_INT`)"
                        : "Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)";
            case STRING -> "String value (token `JsonToken.VALUE_STRING`)";
            case NULL, MISSING, BINARY, POJO -> "Null value (token `JsonToken.VALUE_NULL`)";
        };
    }

    static String quote(String text) {
        return '"' + shorten(text) + '"';
    }

    static String shorten(String text) {
        String start = Surrogates.cut(text, DocumentLimits.QUOTE_MAX);
        return start.length() == text.length() ? text : start + "…";
    }

    /** Looks at short texts only, and never back: a long one must not hold up everybody. */
    private static boolean isOfUnknownUnit(String text) {
        return text.length() <= SPAN_TEXT_MAX && text.matches("\\d++\\s*+\\S++");
    }
}
