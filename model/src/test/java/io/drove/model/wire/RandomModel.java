package io.drove.model.wire;

import io.drove.model.app.AppSpec;
import io.drove.model.container.Blob;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.resource.CoreSet;
import io.drove.model.time.TimeSpan;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes random values of any of the model's records and sealed interfaces. The same generator gives the same values. */
final class RandomModel {
    private static final int DEPTH_MAX = 5;
    private static final String[] WORDS = {"", "a", "main", "ünïcode ☃ 𝄞", "quote\"\\\n", "x".repeat(50), "SHOP-3"};

    private final RandomGenerator random;

    RandomModel(RandomGenerator random) {
        this.random = random;
    }

    <T> T make(Class<T> type) {
        return type.cast(value(type, 0));
    }

    private Object value(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), depth);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isSealed()) {
            Class<?>[] members = plain.getPermittedSubclasses();
            return value(members[depth > DEPTH_MAX ? 0 : random.nextInt(members.length)], depth + 1);
        }
        if (plain.isEnum()) {
            Object[] constants = plain.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        Object scalar = scalar(plain);
        return scalar != null ? scalar : record(plain, depth);
    }

    private @Nullable Object scalar(Class<?> type) {
        if (type == String.class) {
            return WORDS[random.nextInt(WORDS.length)];
        }
        if (type == int.class || type == Integer.class) {
            return random.nextInt(1, 60_000);
        }
        if (type == long.class || type == Long.class) {
            return random.nextLong() >>> random.nextInt(1, 63);
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == Object.class) {
            return random.nextBoolean() ? (Object) random.nextLong() : "text";
        }
        if (type == AppId.class) {
            return AppId.of("APP", "" + random.nextInt(100));
        }
        if (type == ExecutorId.class) {
            return ExecutorId.of("host", random.nextInt(100));
        }
        if (type == ClusterId.class) {
            return new ClusterId("c" + random.nextInt(100));
        }
        if (type == CoreSet.class) {
            return CoreSet.of(random.ints(random.nextInt(5), 0, 512).toArray());
        }
        if (type == TimeSpan.class) {
            TimeSpan.Unit[] units = TimeSpan.Unit.values();
            return new TimeSpan(random.nextLong(1_000_000), units[random.nextInt(units.length)]);
        }
        if (type == Blob.class) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            return Blob.of(bytes);
        }
        return null;
    }

    private Object container(Class<?> raw, Type[] arguments, int depth) {
        int size = depth > DEPTH_MAX ? 0 : random.nextInt(4);
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> map = raw == SortedMap.class ? new TreeMap<>() : new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(value(arguments[0], depth + 1), value(arguments[1], depth + 1));
            }
            return map;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(value(arguments[0], depth + 1));
        }
        return raw == SortedSet.class ? new TreeSet<>(list) : list;
    }

    private Object record(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            // A spec is made of its name: the record has the id.
            boolean isName = type == AppSpec.class && i == 0;
            types[i] = isName ? String.class : components[i].getType();
            boolean maybeNull = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            Object made = value(isName ? String.class : components[i].getGenericType(), depth + 1);
            // Config files of the host assert their path.
            Object value = components[i].getName().equals("filePathOnHost") ? "/etc/hosts" : made;
            values[i] = maybeNull && random.nextBoolean() ? null : value;
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getName(), e);
        }
    }
}
