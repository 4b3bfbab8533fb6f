package io.drove.cli.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code --name value}, {@code --name=value}, {@code -n value}, switches and operands, and nothing else: a word that it is not sure of
 * makes it give up, and {@link PicocliReader} reads the line again. It must never read a line differently.
 */
public final class QuickReader {
    private QuickReader() {}

    /** What was given, or empty when the line is not plain or not right. */
    public static Optional<Arguments> read(Command.Group root, List<String> words) {
        Map<String, String> global = new HashMap<>();
        Command at = root;
        int next = 0;
        while (at instanceof Command.Group group) {
            if (next >= words.size()) {
                return Optional.empty();
            }
            if (words.get(next).startsWith("-")) {
                next = readFlag(group.flags(), words, next, global);
                if (next < 0) {
                    return Optional.empty();
                }
            } else {
                Optional<Command> child = group.child(words.get(next));
                if (child.isEmpty()) {
                    return Optional.empty();
                }
                at = child.get();
                next++;
            }
        }
        return at instanceof Command.Leaf<?> leaf
                ? readLeaf(root, leaf, words.subList(next, words.size()), global)
                : Optional.empty();
    }

    private static Optional<Arguments> readLeaf(
            Command.Group root, Command.Leaf<?> leaf, List<String> words, Map<String, String> global) {
        Map<String, String> flags = new HashMap<>();
        List<String> operands = new ArrayList<>();
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next);
            if (word.startsWith("-") && word.length() > 1) {
                int after = readFlag(leaf.flags(), words, next, flags);
                if (after < 0) {
                    after = readFlag(PicocliReader.inherited(root, leaf), words, next, global);
                }
                if (after < 0) {
                    return Optional.empty();
                }
                next = after;
            } else {
                operands.add(word);
                next++;
            }
        }
        boolean many = !leaf.operands().isEmpty() && leaf.operands().getLast().many();
        boolean fits = many
                ? operands.size() >= leaf.operands().size()
                : operands.size() == leaf.operands().size();
        return fits ? Optional.of(new Arguments(leaf, global, flags, operands)) : Optional.empty();
    }

    /** The index after the flag and its value, or -1. */
    private static int readFlag(List<Flag> flags, List<String> words, int at, Map<String, String> into) {
        String word = words.get(at);
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        for (Flag flag : flags) {
            if (flag.names().contains(name)) {
                return readValue(flag, equals < 0 ? null : word.substring(equals + 1), words, at, into);
            }
        }
        return -1;
    }

    private static int readValue(
            Flag flag,
            @org.jspecify.annotations.Nullable String attached,
            List<String> words,
            int at,
            Map<String, String> into) {
        boolean follows = at + 1 < words.size() && !words.get(at + 1).startsWith("-");
        if (into.containsKey(flag.key()) || (flag.isSwitch() ? attached != null : attached == null && !follows)) {
            return -1;
        }
        if (flag.isSwitch()) {
            into.put(flag.key(), "true");
            return at + 1;
        }
        into.put(flag.key(), attached == null ? words.get(at + 1) : attached);
        return attached == null ? at + 2 : at + 1;
    }
}
