package io.drove.cli.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A command, or a group of commands; groups are only filled when somebody looks into them. */
public sealed interface Command {
    String name();

    String summary();

    /**
     * A command that does something.
     *
     * @param action what it does; the type is the caller's, since this package runs nothing
     */
    record Leaf<A>(String name, String summary, List<Flag> flags, List<Operand> operands, A action) implements Command {
        public Leaf {
            flags = List.copyOf(flags);
            operands = List.copyOf(operands);
        }

        /** The same with more flags. */
        public Leaf<A> with(List<Flag> more) {
            List<Flag> all = new ArrayList<>(flags);
            all.addAll(more);
            return new Leaf<>(name, summary, all, operands, action);
        }

        /** The same with more flags. */
        public Leaf<A> with(Flag... more) {
            return with(List.of(more));
        }
    }

    /** A word before other commands. */
    record Group(String name, String summary, List<Flag> flags, Supplier<List<? extends Command>> children)
            implements Command {
        public Group {
            flags = List.copyOf(flags);
        }

        Optional<Command> child(String word) {
            for (Command child : children.get()) {
                if (child.name().equals(word)) {
                    return Optional.of(child);
                }
            }
            return Optional.empty();
        }
    }
}
