package io.drove.platform.config;

import io.drove.platform.security.Secret;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Walks the nodes of one file along the types of a record and collects problems on the way; {@link #INVALID} stands for what had one. */
final class Binder {
    private static final Object INVALID = new Object();
    // Anchors can make a document that contains itself.
    private static final int MAX_DEPTH = 32;
    private static final int MAX_PROBLEMS = 100;
    private static final int MAX_SHOWN = 60;

    private final String file;
    private final Map<String, String> environment;
    private final List<ConfigProblem> problems = new ArrayList<>();

    Binder(String file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** One value to bind: its node, its key's path and how deep it lies. */
    private record Place(Node node, String key, int depth) {
        Place at(Node child, String name) {
            return new Place(child, key.isEmpty() ? name : key + "." + name, depth + 1);
        }

        Place at(Node child, int index) {
            return new Place(child, key + "[" + index + "]", depth + 1);
        }

        int line() {
            return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        }
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    Object root(Node node, Record defaults) {
        Place place = new Place(node, "", 0);
        return isNothing(place) ? defaults : record(place, defaults.getClass(), defaults);
    }

    private @Nullable Object value(Place place, Type type, @Nullable Object fallback) {
        if (place.depth() > MAX_DEPTH) {
            return refuse(place, "more than " + MAX_DEPTH + " levels", "a flatter document");
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return list(place, generic.getActualTypeArguments()[0]);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return map(place, generic.getActualTypeArguments()[1]);
        }
        if (type instanceof Class<?> raw && raw.isRecord() && raw != Bytes.class && raw != Secret.class) {
            return record(place, raw, fallback);
        }
        if (type instanceof Class<?> raw) {
            return scalar(place, raw);
        }
        throw new IllegalStateException("no text can be bound to " + type + " at " + place.key());
    }

    private Object record(Place place, Class<?> type, @Nullable Object defaults) {
        if (!(place.node() instanceof MappingNode mapping)) {
            return refuse(place, shown(place.node()), "a mapping with " + names(type));
        }
        Map<String, Node> given = entries(place, mapping);
        refuseUnknown(place, mapping, type);
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        boolean valid = true;
        for (int i = 0; i < components.length; i++) {
            @Nullable Object bound = component(place, given.get(components[i].getName()), components[i], defaults);
            valid &= bound != INVALID;
            values[i] = bound;
        }
        return valid ? construct(place, type, values) : INVALID;
    }

    private @Nullable Object component(
            Place parent, @Nullable Node node, RecordComponent component, @Nullable Object defaults) {
        @Nullable Object fallback = defaults == null ? null : read(component, defaults);
        if (node != null) {
            Place place = parent.at(node, component.getName());
            if (!isNothing(place)) {
                return value(place, component.getGenericType(), fallback);
            }
        }
        if (fallback != null || isNullable(component.getAnnotatedType())) {
            return fallback;
        }
        Place place = parent.at(node == null ? parent.node() : node, component.getName());
        String wanted = component.getGenericType() instanceof Class<?> raw
                ? Scalars.of(raw).map(Scalars.Scalar::wanted).orElse("a value")
                : "a value";
        return refuse(place, "nothing", wanted);
    }

    private Object construct(Place place, Class<?> type, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                return refuse(place, "values that do not fit", Objects.requireNonNullElse(refused.getMessage(), "?"));
            }
            throw new IllegalStateException("cannot make " + type.getName() + " at " + place.key(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type.getName() + " at " + place.key(), e);
        }
    }

    private Object list(Place place, Type element) {
        if (!(place.node() instanceof SequenceNode sequence)) {
            return refuse(place, shown(place.node()), "a list");
        }
        List<Object> values = new ArrayList<>();
        for (Node node : sequence.getValue()) {
            values.add(required(place.at(node, values.size()), element));
        }
        return values.contains(INVALID) ? INVALID : List.copyOf(values);
    }

    private Object map(Place place, Type element) {
        if (!(place.node() instanceof MappingNode mapping)) {
            return refuse(place, shown(place.node()), "a mapping");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        entries(place, mapping).forEach((key, node) -> values.put(key, required(place.at(node, key), element)));
        return values.containsValue(INVALID) ? INVALID : Collections.unmodifiableMap(values);
    }

    private Object required(Place place, Type element) {
        Object value = isNothing(place) ? refuse(place, "nothing", "a value") : value(place, element, null);
        return Objects.requireNonNull(value, "elements are never null");
    }

    private Object scalar(Place place, Class<?> type) {
        Scalars.Scalar scalar = Scalars.of(type)
                .orElseThrow(() ->
                        new IllegalStateException("no text can be bound to " + type.getName() + " at " + place.key()));
        if (!(place.node() instanceof ScalarNode node)) {
            return refuse(place, shown(place.node()), scalar.wanted());
        }
        Variables variables = new Variables(environment);
        String text = variables.replaceIn(node.getValue());
        if (!variables.unset().isEmpty()) {
            String name = variables.unset().getFirst();
            String wanted = "that variable to be set, or a default as in ${" + name + ":-value}";
            return refuse(place, "environment variable " + name + " that is not set", wanted);
        }
        try {
            return scalar.parse().apply(type == String.class || type == Secret.class ? text : text.strip());
        } catch (IllegalArgumentException e) {
            return refuse(place, type == Secret.class ? "***" : quoted(text), scalar.wanted());
        }
    }

    /** The entries by key; a key that comes twice is a problem, and so is one that is not text. */
    private Map<String, Node> entries(Place place, MappingNode mapping) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                refuse(place.at(tuple.getKeyNode(), "?"), "a key that is not text", "a key");
            } else if (entries.put(key.getValue(), tuple.getValueNode()) != null) {
                refuse(place.at(key, key.getValue()), "the key a second time", "each key once");
            }
        }
        return entries;
    }

    private void refuseUnknown(Place place, MappingNode mapping, Class<?> type) {
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
                Place at = place.at(key, key.getValue());
                @Nullable String nearest = NearestName.of(key.getValue(), known).orElse(null);
                report(new ConfigProblem(
                        file, at.line(), at.key(), "an unknown key", "one of " + names(type), nearest));
            }
        }
    }

    /** Nothing is an empty value, a null, or an unquoted variable that came out empty. */
    private boolean isNothing(Place place) {
        if (!(place.node() instanceof ScalarNode node)) {
            return false;
        }
        if (node.getTag().equals(Tag.NULL)) {
            return true;
        }
        boolean isPlain = !node.getScalarStyle().equals(ScalarStyle.DOUBLE_QUOTED)
                && !node.getScalarStyle().equals(ScalarStyle.SINGLE_QUOTED);
        Variables variables = new Variables(environment);
        return isPlain
                && variables.replaceIn(node.getValue()).isBlank()
                && variables.unset().isEmpty();
    }

    private Object refuse(Place place, String found, String wanted) {
        report(new ConfigProblem(file, place.line(), place.key(), found, wanted, null));
        return INVALID;
    }

    private void report(ConfigProblem problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    private static @Nullable Object read(RecordComponent component, Object owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read the default of " + component, e);
        }
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining(", "));
    }

    private static String shown(Node node) {
        return switch (node.getNodeType()) {
            case MAPPING -> "a mapping";
            case SEQUENCE -> "a list";
            case SCALAR -> quoted(((ScalarNode) node).getValue());
            case ANCHOR -> "an alias";
        };
    }

    private static String quoted(String text) {
        return '"' + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…") + '"';
    }
}
