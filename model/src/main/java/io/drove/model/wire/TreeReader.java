package io.drove.model.wire;

import io.drove.model.TextMap;
import io.drove.model.time.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/**
 * A cursor on one JSON object that knows its path. A read that finds something wrong notes the problem and answers with a stand-in, so that
 * reading goes on; {@link #build} then makes the record only if nothing in this object was wrong.
 *
 * <p>Phrases are what comes after the path: {@code must not be null}, {@code - Port cannot be more than 65K}.
 */
final class TreeReader {
    static final String NOT_NULL = "must not be null";
    static final String NOT_EMPTY = "must not be empty";

    private static final String MAP = "LinkedHashMap<String,String>";

    private final JsonNode node;
    private final Place place;
    private final String property;
    private final Findings findings;
    private final Coercion coercion;
    private final List<String> asked = new ArrayList<>();
    private final int problemsBefore;

    private TreeReader(JsonNode node, Place place, String property, Findings findings) {
        this.node = node;
        this.place = place;
        this.property = property;
        this.findings = findings;
        this.coercion = new Coercion(findings);
        this.problemsBefore = findings.count();
    }

    /** Reads the whole document, which must be an object; {@code type} is its name in messages. */
    static <T> @Nullable T document(
            JsonNode node, String type, Findings findings, Function<TreeReader, @Nullable T> how) {
        return open(node, Place.DOCUMENT, "", type, findings, how);
    }

    private static <T> @Nullable T open(
            JsonNode node,
            Place place,
            String property,
            String type,
            Findings findings,
            Function<TreeReader, @Nullable T> how) {
        if (node.isNull()) {
            findings.constraint(place.toString(), NOT_NULL, "", "");
            return null;
        }
        if (!node.isObject()) {
            Coercion coercion = new Coercion(findings);
            String message = node.isArray()
                    ? "Cannot deserialize value of type `" + type + "` from " + Coercion.shape(node)
                    : "Cannot construct instance of `" + type + "`" + coercion.noCreator(node);
            findings.json(place.toString(), message, "");
            return null;
        }
        return how.apply(new TreeReader(node, place, property, findings));
    }

    Findings findings() {
        return findings;
    }

    JsonNode node() {
        return node;
    }

    Place place() {
        return place;
    }

    String path() {
        return place.toString();
    }

    String pathOf(String name) {
        return place.field(name).toString();
    }

    /** The field's value, or null when it is absent or JSON's null. */
    @Nullable
    JsonNode field(String name) {
        asked.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Makes the record if nothing in this object was wrong, and warns of fields that nobody asked for. */
    <T> @Nullable T build(Supplier<T> record) {
        for (String name : node.propertyNames()) {
            if (!asked.contains(name)) {
                findings.unknown(this, name, asked);
            }
        }
        return isSound() ? record.get() : null;
    }

    /** Whether nothing in this object was wrong so far. */
    boolean isSound() {
        return findings.count() == problemsBefore;
    }

    /** A violated constraint of a field. */
    void violated(String name, String phrase, String found, String allowed) {
        findings.constraint(pathOf(name), phrase, found, allowed);
    }

    /**
     * The discriminator {@code type}: case-sensitive, as in the original. Empty after a problem.
     *
     * @param fallback what an absent one means; empty when there must be one
     */
    String type(String base, List<String> known, String fallback) {
        asked.add("type");
        JsonNode value = node.get("type");
        String suffix = property.isEmpty() ? "" : " (for POJO property '" + property + "')";
        if (value == null) {
            if (fallback.isEmpty()) {
                findings.json(
                        place.toString(),
                        "Could not resolve subtype of [simple type, class " + base
                                + "]: missing type id property 'type'" + suffix,
                        "");
            }
            return fallback;
        }
        String id = value.isContainer() ? Coercion.shape(value) : value.asString();
        if (known.contains(id)) {
            return id;
        }
        findings.json(
                pathOf("type"),
                "Could not resolve type id '" + Coercion.shorten(id) + "' as a subtype of `" + base
                        + "`: known type ids = " + known + suffix,
                findings.nearest(id, known));
        return "";
    }

    /** Whether the field is absent or an empty list. */
    boolean isMissingOrEmpty(String name) {
        JsonNode value = field(name);
        return value == null || (value.isArray() && value.isEmpty());
    }

    /** Text that must be there and not be empty; {@code phrase} tells that it is not. */
    String text(String name, String phrase) {
        JsonNode value = field(name);
        if (value == null) {
            violated(name, phrase, "", "");
            return "";
        }
        String text = coercion.text(value, place.field(name));
        if (text != null && text.isEmpty()) {
            violated(name, phrase, "", "");
        }
        return text == null ? "" : text;
    }

    String textOr(String name, String absent) {
        String text = textOrNull(name);
        return text == null ? absent : text;
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode value = field(name);
        return value == null ? null : coercion.text(value, place.field(name));
    }

    /** A whole number; absent counts as {@code absent}, which is checked too. */
    long number(String name, long absent, Range range) {
        JsonNode value = field(name);
        Long number = value == null ? Long.valueOf(absent) : coercion.number(value, place.field(name), absent, range);
        if (number == null) {
            return range.min();
        }
        if (!range.contains(number)) {
            String found = value == null ? "nothing" : Long.toString(number);
            violated(name, number < range.min() ? range.below() : range.above(), found, range.inWords());
            return range.min();
        }
        return number;
    }

    int whole(String name, int absent, Range range) {
        return Math.toIntExact(number(name, absent, range));
    }

    boolean flag(String name, boolean absent) {
        JsonNode value = field(name);
        Boolean flag = value == null ? Boolean.valueOf(absent) : coercion.flag(value, place.field(name));
        return flag == null ? absent : flag;
    }

    /** One of an enum's constants; absent means {@code absent}. */
    <E extends Enum<E>> E choiceOr(String name, Class<E> type, E absent) {
        JsonNode value = field(name);
        E choice = value == null ? absent : coercion.choice(value, place.field(name), type);
        return choice == null ? absent : choice;
    }

    /** One of an enum's constants, which must be there. */
    <E extends Enum<E>> E choice(String name, Class<E> type, String phrase) {
        if (field(name) == null) {
            violated(name, phrase, "", String.join(", ", names(type)));
        }
        return choiceOr(name, type, type.getEnumConstants()[0]);
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(constant.name());
        }
        return names;
    }

    TimeSpan spanOr(String name, TimeSpan absent) {
        JsonNode value = field(name);
        TimeSpan span = value == null ? absent : coercion.span(value, place.field(name));
        return span == null ? absent : span;
    }

    TimeSpan span(String name, String phrase) {
        if (field(name) == null) {
            violated(name, phrase, "", "");
        }
        return spanOr(name, TimeSpan.ofSeconds(1));
    }

    /** An object, or null when it is absent or wrong. */
    <T> @Nullable T object(String name, String type, Function<TreeReader, @Nullable T> how) {
        JsonNode value = field(name);
        return value == null
                ? null
                : once(value, type, () -> open(value, place.field(name), name, type, findings, how));
    }

    /** An object that must be there. */
    <T> @Nullable T object(String name, String type, String phrase, Function<TreeReader, @Nullable T> how) {
        if (field(name) == null) {
            violated(name, phrase, "", "");
        }
        return object(name, type, how);
    }

    /** An object that names its {@code type}; the original's reader words a wrong shape differently for these. */
    <T> @Nullable T variant(String name, String base, String phrase, Function<TreeReader, @Nullable T> how) {
        JsonNode value = field(name);
        if (value == null) {
            violated(name, phrase, "", "");
            return null;
        }
        return once(value, base, () -> openVariant(value, place.field(name), name, base, findings, how));
    }

    /** The whole document, when it is an object that names its {@code type}. */
    static <T> @Nullable T documentVariant(
            JsonNode node, String base, Findings findings, Function<TreeReader, @Nullable T> how) {
        return openVariant(node, Place.DOCUMENT, "", base, findings, how);
    }

    private static <T> @Nullable T openVariant(
            JsonNode node,
            Place place,
            String property,
            String base,
            Findings findings,
            Function<TreeReader, @Nullable T> how) {
        String suffix = property.isEmpty() ? "" : " (for POJO property '" + property + "')";
        if (node.isArray()) {
            String token = node.isEmpty() ? "END_ARRAY" : "START_ARRAY";
            findings.json(
                    place.toString(),
                    "Unexpected token (" + token
                            + "), expected VALUE_STRING: need JSON String that contains type id (for subtype of " + base
                            + ")",
                    "");
            return null;
        }
        if (!node.isObject() && !node.isNull()) {
            findings.json(
                    place.toString(),
                    "Could not resolve subtype of [simple type, class " + base + "]: missing type id property 'type'"
                            + suffix,
                    "");
            return null;
        }
        return open(node, place, property, base, findings, how);
    }

    /** Reads an element of a list before the rest of its document is there: what stands for it then in the document's tree, for {@link #variants}. */
    static <T> JsonNode elementVariant(
            JsonNode node,
            Place place,
            String property,
            String base,
            Findings findings,
            Function<TreeReader, @Nullable T> how) {
        return new POJONode(new ReadBefore(openVariant(node, place, property, base, findings, how)));
    }

    private record ReadBefore(@Nullable Object value) {}

    /** All elements of a list that could be read; empty when the list is absent. */
    <T> List<T> objects(String name, String type, int max, Function<TreeReader, @Nullable T> how) {
        return elements(name, type, max, (element, at) -> open(element, at, name, type, findings, how));
    }

    /** Like {@link #objects}, for elements that name their {@code type}. */
    <T> List<T> variants(String name, String base, Function<TreeReader, @Nullable T> how) {
        return variants(name, base, DocumentLimits.LIST_MAX, how);
    }

    @SuppressWarnings("unchecked")
    <T> List<T> variants(String name, String base, int max, Function<TreeReader, @Nullable T> how) {
        return elements(
                name,
                base,
                max,
                (element, at) -> element instanceof POJONode pojo && pojo.getPojo() instanceof ReadBefore(Object value)
                        ? (T) value
                        : openVariant(element, at, name, base, findings, how));
    }

    /** A list of text; absent is empty. */
    List<String> texts(String name, int max) {
        return elements(
                name, "String", max, (element, at) -> required(element, at) ? coercion.text(element, at) : null);
    }

    /** Lists of lists of text. */
    List<List<String>> textLists(String name) {
        return elements(
                name,
                "ArrayList",
                (element, at) -> listOf(element, at, "String", DocumentLimits.LIST_MAX, coercion::text));
    }

    /** A set of whole numbers; absent is empty. */
    SortedSet<Integer> numbers(String name, Range range) {
        return new TreeSet<>(elements(name, "Integer", (element, at) -> {
            Long number = required(element, at) ? coercion.number(element, at, range.min() - 1, range) : null;
            if (number != null && !range.contains(number)) {
                findings.constraint(
                        at.toString(),
                        number < range.min() ? range.below() : range.above(),
                        Long.toString(number),
                        range.inWords());
                return null;
            }
            return number == null ? null : Math.toIntExact(number);
        }));
    }

    /** A map from text to text in the order written; absent is empty. */
    Map<String, String> map(String name) {
        JsonNode value = field(name);
        Map<String, String> read = value == null ? null : once(value, MAP, () -> mapOf(value, place.field(name)));
        return read == null ? Map.of() : read;
    }

    private Map<String, String> mapOf(JsonNode value, Place at) {
        if (!value.isObject()) {
            findings.json(
                    at.toString(), "Cannot deserialize value of type `" + MAP + "` from " + Coercion.shape(value), "");
            return Map.of();
        }
        if (value.size() > DocumentLimits.MAP_MAX) {
            tooMany(value, at, DocumentLimits.MAP_MAX);
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            Place here = at.entry(entry.getKey());
            String text = required(entry.getValue(), here) ? coercion.text(entry.getValue(), here) : null;
            map.put(entry.getKey(), text == null ? "" : text);
        }
        return TextMap.copyOf(map);
    }

    /**
     * As it was read before, if it is a value that documents have in common; else it is read now, and remembered if nothing has to be told of it. The type, together with the property that the
     * value is known by, has to say all on which the reading depends: a field of the same name and type is read with the same limits everywhere, and by nobody who looks at the cluster's rules.
     */
    @SuppressWarnings("unchecked")
    private <T> @Nullable T once(JsonNode value, String type, Supplier<@Nullable T> how) {
        if (!(value instanceof KnownParts.Known known)) {
            return how.get();
        }
        T before = (T) known.memory().read(type);
        if (before != null) {
            return before;
        }
        int told = findings.told();
        T read = how.get();
        if (read != null && findings.told() == told) {
            known.memory().remember(type, read);
        }
        return read;
    }

    private boolean required(JsonNode element, Place at) {
        if (element.isNull()) {
            findings.constraint(at.toString(), NOT_NULL, "", "");
            return false;
        }
        return true;
    }

    private void tooMany(JsonNode value, Place at, int max) {
        findings.constraint(at.toString(), "size must be between 0 and " + max, Integer.toString(value.size()), "");
    }

    @FunctionalInterface
    private interface Element<T> {
        @Nullable
        T read(JsonNode element, Place place);
    }

    private <T> List<T> elements(String name, String type, Element<T> how) {
        return elements(name, type, DocumentLimits.LIST_MAX, how);
    }

    private <T> List<T> elements(String name, String type, int max, Element<T> how) {
        JsonNode value = field(name);
        List<T> read = value == null ? null : once(value, type, () -> listOf(value, place.field(name), type, max, how));
        return read == null ? List.of() : read;
    }

    private <T> List<T> listOf(JsonNode value, Place at, String type, int max, Element<T> how) {
        if (!value.isArray()) {
            findings.json(
                    at.toString(),
                    "Cannot deserialize value of type `ArrayList<" + type + ">` from " + Coercion.shape(value),
                    "");
            return List.of();
        }
        if (value.size() > max) {
            tooMany(value, at, max);
            return List.of();
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            T element = how.read(value.get(i), at.element(i));
            if (element != null) {
                read.add(element);
            }
        }
        return List.copyOf(read);
    }
}
