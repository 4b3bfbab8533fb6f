package io.drove.core.agent;

import io.drove.model.app.AppSpec;
import io.drove.model.container.Executable;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.PortBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an instance finds in its environment, in the original's order (reference 5.3). */
final class Environment {
    private Environment() {}

    /**
     * The variables of one instance. An entry of the spec with an empty value takes the executor's own value of that name, or is left out when
     * there is none.
     */
    static Map<String, String> of(
            AgentSettings settings,
            AppSpec spec,
            InstanceId instance,
            List<PortBinding> ports,
            @Nullable String authToken) {
        String hostname = settings.inventory().hostname();
        Map<String, String> env = new LinkedHashMap<>();
        env.put("HOST", hostname);
        spec.env().forEach((name, value) -> {
            String chosen = value.isEmpty() ? settings.environment().get(name) : value;
            if (chosen != null) {
                env.put(name, chosen);
            }
        });
        env.put("DROVE_CONTAINER_ID", image(spec));
        for (PortBinding port : ports) {
            env.put("PORT_" + port.containerPort(), Integer.toString(port.hostPort()));
        }
        env.put("DROVE_EXECUTOR_HOST", hostname);
        env.put("DROVE_INSTANCE_ID", instance.toString());
        env.put("DROVE_APP_ID", spec.id().value());
        env.put("DROVE_APP_NAME", spec.name());
        if (authToken != null) {
            env.put("DROVE_APP_INSTANCE_AUTH_TOKEN", authToken);
        }
        return env;
    }

    static String image(AppSpec spec) {
        return switch (spec.executable()) {
            case Executable.Docker docker -> docker.url();
        };
    }
}
