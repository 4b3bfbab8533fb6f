package io.drove.platform.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A parsed configuration file, to be bound onto a record.
 *
 * <p>Rules: a key is the name of a record component. What the file leaves out, or names without a value, comes from the
 * defaults, also inside nested records. A list or map in the file replaces the default one as a whole. Anything else that the
 * file says must be known and valid.
 *
 * <p>Inside values {@code ${NAME}} is the environment variable, {@code ${NAME:-text}} has a default for when it is unset or
 * empty, and a doubled dollar before the brace makes it literal text.
 */
public final class Config {
    private static final int MAX_CODE_POINTS = 1 << 20;

    private final String file;
    private final @Nullable Node root;
    private final Map<String, String> environment;

    private Config(String file, @Nullable Node root, Map<String, String> environment) {
        this.file = file;
        this.root = root;
        this.environment = Map.copyOf(environment);
    }

    /** A configuration that says nothing: all defaults. */
    public static Config empty() {
        return new Config("(no file)", null, Map.of());
    }

    /** Reads a file that must exist. An empty file is all defaults. */
    public static Config load(Path path, Map<String, String> environment) {
        try {
            return parse(Files.readString(path), path.toString(), environment);
        } catch (NoSuchFileException e) {
            throw unreadable(path, "no such file", "a readable file");
        } catch (MalformedInputException e) {
            throw unreadable(path, "bytes that are not UTF-8", "text in UTF-8");
        } catch (IOException e) {
            throw unreadable(path, e.toString(), "a readable file");
        }
    }

    /** Reads a file that need not exist; without it, all defaults. */
    public static Config loadIfPresent(Path path, Map<String, String> environment) {
        return Files.exists(path) ? load(path, environment) : empty();
    }

    /**
     * Parses text.
     *
     * @param fileName what problems call the file
     * @throws ConfigException if the text is not one YAML document
     */
    public static Config parse(String text, String fileName, Map<String, String> environment) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(fileName)
                .setCodePointLimit(MAX_CODE_POINTS)
                .build();
        try {
            return new Config(
                    fileName, new Compose(settings).composeString(text).orElse(null), environment);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            String problem = Optional.ofNullable(e.getProblem()).orElse("broken YAML");
            String wanted =
                    text.contains("${") ? "valid YAML (in [] and {} put values with ${…} in quotes)" : "valid YAML";
            throw single(new ConfigProblem(fileName, line, "", problem, wanted, null));
        } catch (YamlEngineException e) {
            String problem = Optional.ofNullable(e.getMessage()).orElse("broken YAML");
            throw single(new ConfigProblem(fileName, 0, "", problem, "valid YAML", null));
        }
    }

    /**
     * The record that the file describes.
     *
     * @param defaults supplies every value that the file does not
     * @throws ConfigException with every problem of the file
     * @throws IllegalStateException if the record has a component of a type that no text can be bound to: a bug
     */
    public <T extends Record> T bind(T defaults) {
        if (root == null) {
            return defaults;
        }
        Binder binder = new Binder(file, environment);
        Object bound = binder.root(root, defaults);
        List<ConfigProblem> problems = binder.problems();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        @SuppressWarnings("unchecked") // the binder makes a record of the defaults' class
        T result = (T) bound;
        return result;
    }

    private static ConfigException unreadable(Path path, String found, String wanted) {
        return single(new ConfigProblem(path.toString(), 0, "", found, wanted, null));
    }

    private static ConfigException single(ConfigProblem problem) {
        return new ConfigException(List.of(problem));
    }
}
