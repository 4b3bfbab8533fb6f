package io.drove.core.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppSpec;
import io.drove.model.container.Blob;
import io.drove.model.time.TimeSpan;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A component that is added to a spec and forgotten in its size would let in what there is no memory for. */
final class SpecSizeTest {
    private static final int SPECS = 500;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    @Test
    void all_that_can_be_made_longer_counts() throws ReflectiveOperationException {
        for (int i = 0; i < SPECS; i++) {
            AppSpec spec = (AppSpec) requireNonNull(make(AppSpec.class));

            assertThat(SpecSize.bytes(spec)).as("%s", spec).isEqualTo(SpecSize.SPEC_BYTES + counted(spec));
        }
    }

    /** The same rule by reflection. */
    private static long counted(@Nullable Object value) throws ReflectiveOperationException {
        long bytes = 0;
        switch (value) {
            case String text -> bytes = SpecSize.TEXT_BYTES + 2L * text.length();
            case Blob blob -> bytes = blob.size();
            case Collection<?> all -> {
                bytes = (long) all.size() * SpecSize.ENTRY_BYTES;
                for (Object one : all) {
                    bytes += counted(one);
                }
            }
            case Map<?, ?> all -> {
                bytes = (long) all.size() * SpecSize.ENTRY_BYTES;
                for (Map.Entry<?, ?> one : all.entrySet()) {
                    bytes += counted(one.getKey()) + counted(one.getValue());
                }
            }
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    bytes += counted(component.getAccessor().invoke(record));
                }
            }
            case null, default -> {}
        }
        return bytes;
    }

    private @Nullable Object make(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return collection((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isSealed()) {
            Class<?>[] members = plain.getPermittedSubclasses();
            return make(members[random.nextInt(members.length)]);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        }
        if (plain == String.class) {
            return "x".repeat(1 + random.nextInt(20));
        }
        if (plain == Blob.class) {
            return Blob.of(new byte[random.nextInt(20)]);
        }
        if (plain == TimeSpan.class) {
            return TimeSpan.ofSeconds(1);
        }
        if (plain == boolean.class) {
            return random.nextBoolean();
        }
        if (plain == long.class) {
            return random.nextLong(1, 60);
        }
        if (plain == int.class || plain == Integer.class) {
            return random.nextInt(1, 60_000);
        }
        return record(plain);
    }

    private Object collection(Class<?> raw, Type[] of) throws ReflectiveOperationException {
        int size = random.nextInt(3);
        if (raw == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(requireNonNull(make(of[0])), requireNonNull(make(of[1])));
            }
            return map;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(requireNonNull(make(of[0])));
        }
        return raw == SortedSet.class ? new TreeSet<>(list) : list;
    }

    private Object record(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            // A spec is made of its name: the record has the id.
            boolean isName = type == AppSpec.class && i == 0;
            types[i] = isName ? String.class : components[i].getType();
            boolean isAbsent =
                    components[i].getAnnotatedType().isAnnotationPresent(Nullable.class) && random.nextBoolean();
            values[i] = isAbsent ? null : make(isName ? String.class : components[i].getGenericType());
        }
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }
}
