package io.drove.model.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/** Derives from the types themselves what is else written in annotations: the members of sealed interfaces, and what may be missing. */
class RecordIntrospector extends JacksonAnnotationIntrospector {
    private final JsonTypeInfo.Value byName;
    private final UnaryOperator<String> naming;

    /**
     * @param property where the member's name stands
     * @param naming from a member's simple name to the name that is written
     */
    RecordIntrospector(String property, UnaryOperator<String> naming) {
        this.byName = JsonTypeInfo.Value.construct(
                JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, property, null, false, true, null);
        this.naming = naming;
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value declared = super.findPolymorphicTypeInfo(config, annotated);
        if (declared != null) {
            return declared;
        }
        return annotated instanceof AnnotatedClass && isSealedMember(annotated.getRawType()) ? byName : null;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        List<NamedType> declared = super.findSubtypes(config, annotated);
        if (declared != null || !annotated.getRawType().isSealed()) {
            return declared;
        }
        List<NamedType> leaves = new ArrayList<>();
        collectLeaves(annotated.getRawType(), leaves);
        return leaves;
    }

    private void collectLeaves(Class<?> type, List<NamedType> leaves) {
        if (!type.isSealed()) {
            leaves.add(new NamedType(type, naming.apply(type.getSimpleName())));
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            collectLeaves(permitted, leaves);
        }
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass annotated) {
        String declared = super.findTypeName(config, annotated);
        return declared == null && isSealedMember(annotated.getRawType())
                ? naming.apply(annotated.getRawType().getSimpleName())
                : declared;
    }

    /** A sealed interface, or a record that belongs to one. */
    private static boolean isSealedMember(Class<?> type) {
        if (type.isInterface() && type.isSealed()) {
            return true;
        }
        if (!type.isRecord()) {
            return false;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.isSealed()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        RecordComponent component = componentOf(member);
        return component == null
                ? super.hasRequiredMarker(config, member)
                : Boolean.valueOf(!isNullable(component) && !isCollection(component));
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        RecordComponent component = annotated instanceof AnnotatedMember member ? componentOf(member) : null;
        if (component == null || isNullable(component)) {
            return super.findSetterInfo(config, annotated);
        }
        return isCollection(component)
                ? JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL)
                : JsonSetter.Value.construct(Nulls.FAIL, Nulls.DEFAULT);
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    static boolean isCollection(RecordComponent component) {
        return Collection.class.isAssignableFrom(component.getType())
                || Map.class.isAssignableFrom(component.getType());
    }

    static @Nullable RecordComponent componentOf(AnnotatedMember member) {
        Class<?> owner = member.getDeclaringClass();
        if (!owner.isRecord()) {
            return null;
        }
        RecordComponent[] components = owner.getRecordComponents();
        if (member instanceof AnnotatedParameter parameter) {
            return parameter.getOwner().getParameterCount() == components.length
                    ? components[parameter.getIndex()]
                    : null;
        }
        for (RecordComponent component : components) {
            if (component.getName().equals(member.getName())) {
                return component;
            }
        }
        return null;
    }
}
