package io.drove.cli.line;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was given to a command.
 *
 * @param global flags before the command, or long ones after it, by key
 * @param flags the command's own, by key; a switch that is given maps to {@code true}
 * @param operands in order
 */
public record Arguments(
        Command.Leaf<?> command, Map<String, String> global, Map<String, String> flags, List<String> operands) {
    public Arguments {
        global = Map.copyOf(global);
        flags = Map.copyOf(flags);
        operands = List.copyOf(operands);
    }

    /** Whether that switch is given. */
    public boolean has(String key) {
        return flags.containsKey(key);
    }

    /** The value as given. */
    public Optional<String> given(String key) {
        return Optional.ofNullable(flags.get(key));
    }

    /** The value as given, or the flag's own fallback. */
    public String text(String key) {
        String value = flags.get(key);
        if (value != null) {
            return value;
        }
        for (Flag flag : command.flags()) {
            if (flag.key().equals(key)) {
                return flag.fallback();
            }
        }
        throw new IllegalStateException(command.name() + " has no flag " + key);
    }

    /** Refuses a value that is none of its flag's choices, before anything is sent. */
    public void checkChoices() {
        for (Flag flag : command.flags()) {
            if (!flag.allowed().isEmpty() && has(flag.key())) {
                choice(flag.key());
            }
        }
    }

    /** A choice in the flag's own spelling, found without regard to case. */
    public String choice(String key) {
        String value = text(key);
        for (Flag flag : command.flags()) {
            if (flag.key().equals(key)) {
                return flag.allowed().stream()
                        .filter(value::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> new UsageException(
                                key + " is \"" + value + "\"; it can be " + String.join(", ", flag.allowed())));
            }
        }
        throw new IllegalStateException(command.name() + " has no flag " + key);
    }

    /** A whole number within bounds. */
    public int number(String key, int min, int max) {
        return parse(key, text(key), min, max);
    }

    /** A whole number among the operands. */
    public int operandNumber(int index, int min, int max) {
        return parse(command.operands().get(index).name(), operands.get(index), min, max);
    }

    private static int parse(String what, String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, with the bounds.
        }
        throw new UsageException(what + " is \"" + value + "\"; it must be a whole number from " + min + " to " + max);
    }

    /** The operand at that place. */
    public String operand(int index) {
        return operands.get(index);
    }
}
