package io.drove.cli.command;

import io.drove.cli.endpoint.Target;
import io.drove.cli.endpoint.Targets;
import io.drove.cli.line.Arguments;
import io.drove.cli.process.Environment;
import io.drove.cli.show.Screen;
import io.drove.client.DroveClient;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One run of one command: its arguments, and what it needs to answer. The cluster is only looked for when somebody asks for the client. */
public final class Context {
    private final Arguments arguments;
    private final Environment environment;
    private final Screen screen;
    private @Nullable Target target;
    private @Nullable DroveClient client;

    public Context(Arguments arguments, Environment environment) {
        this.arguments = arguments;
        this.environment = environment;
        this.screen = new Screen(environment.out(), environment.err(), environment.zone());
    }

    Arguments arguments() {
        return arguments;
    }

    Environment environment() {
        return environment;
    }

    Screen screen() {
        return screen;
    }

    Targets targets() {
        return new Targets(arguments.global(), environment.variables(), environment.home());
    }

    DroveClient client() {
        DroveClient known = client;
        if (known == null) {
            Target found = targets().find();
            known = new DroveClient(found.connection());
            target = found;
            client = known;
        }
        return known;
    }

    /** Where the endpoint comes from; empty as long as none was needed. */
    public String source() {
        Target known = target;
        return known == null ? "" : known.source();
    }

    /** Prints the data in the format that {@code --output} names. */
    void show(JsonNode data, Supplier<String> human) {
        screen.show(format(), data, human);
    }

    Screen.Format format() {
        return Screen.Format.valueOf(arguments.choice(Flags.OUTPUT.key()).toUpperCase(Locale.ROOT));
    }
}
