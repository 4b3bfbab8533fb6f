package io.drove.model.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.drove.model.container.Executable;
import io.drove.model.container.PullPolicy;
import io.drove.model.event.DroveEvent;
import io.drove.model.placement.PlacementPolicy;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;

/** Where the API's JSON differs from the records: the original's discriminators, and the few fields that have another name there. */
final class ApiIntrospector extends RecordIntrospector {
    private static final Map<String, String> TYPES = Map.of("Command", "CMD", "MaxPerHost", "MAX_N_PER_HOST");
    private static final Map<Class<?>, Map<String, String>> FIELDS = Map.of(
            Executable.Docker.class, Map.of("pullTimeout", "dockerPullTimeout"),
            PlacementPolicy.RuleBased.class, Map.of("language", "ruleType"));
    private static final String[] EVENT_ORDER = {"metadata", "type", "id", "time"};

    ApiIntrospector() {
        super("type", ApiIntrospector::discriminator);
    }

    /** {@code OnePerHost} is {@code ONE_PER_HOST}. */
    private static String discriminator(String simpleName) {
        String words = simpleName.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
        return TYPES.getOrDefault(simpleName, words);
    }

    @Override
    public @Nullable PropertyName findNameForSerialization(MapperConfig<?> config, Annotated annotated) {
        if (annotated instanceof AnnotatedMember member) {
            String name =
                    FIELDS.getOrDefault(member.getDeclaringClass(), Map.of()).get(member.getName());
            if (name != null) {
                return PropertyName.construct(name);
            }
        }
        return super.findNameForSerialization(config, annotated);
    }

    @Override
    public String @Nullable [] findSerializationPropertyOrder(MapperConfig<?> config, AnnotatedClass annotated) {
        return annotated.getRawType() == DroveEvent.class
                ? EVENT_ORDER.clone()
                : super.findSerializationPropertyOrder(config, annotated);
    }

    /** What the original does not have, or not always, is shown only when somebody chose it. */
    @Override
    public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
        return annotated.getRawType() == PullPolicy.class || annotated.getName().equals("placementPreferences")
                ? JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)
                : super.findPropertyInclusion(config, annotated);
    }

    /** Clients read answers of other versions: nothing is required. */
    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return false;
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        RecordComponent component = annotated instanceof AnnotatedMember member ? componentOf(member) : null;
        boolean canBeEmpty = component != null
                && !isNullable(component)
                && (isCollection(component) || annotated.getRawType() == String.class);
        return canBeEmpty ? JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY) : JsonSetter.Value.empty();
    }
}
