package io.drove.simulation.invariant;

import io.drove.core.state.Durable;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Tells where two states differ, in a few words. */
final class Difference {
    private static final int CHARACTERS_MAX = 600;

    private Difference() {}

    static String between(Durable wanted, Durable found) {
        StringBuilder text = new StringBuilder();
        tell(text, "epoch", wanted.epoch(), found.epoch());
        tell(text, "instances", wanted.instances(), found.instances());
        tell(text, "gone", wanted.gone(), found.gone());
        both(wanted.apps().ids(), found.apps().ids())
                .forEach(id -> tell(text, "app " + id, String.valueOf(wanted.app(id)), String.valueOf(found.app(id))));
        both(wanted.executors().ids(), found.executors().ids())
                .forEach(id -> tell(
                        text,
                        "executor " + id,
                        String.valueOf(wanted.executor(id)),
                        String.valueOf(found.executor(id))));
        wanted.operations()
                .keySet()
                .addAll(found.operations().keySet())
                .forEach(id -> tell(
                        text,
                        "operation " + id,
                        wanted.operations().get(id).toString(),
                        found.operations().get(id).toString()));
        return text.isEmpty() ? "in a way that does not show" : text.toString();
    }

    private static <K extends Comparable<K>> SortedSet<K> both(List<K> some, List<K> others) {
        SortedSet<K> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static void tell(StringBuilder text, String what, Object wanted, Object found) {
        if (!wanted.equals(found) && text.length() < CHARACTERS_MAX) {
            text.append(what)
                    .append(" is ")
                    .append(found)
                    .append(", should be ")
                    .append(wanted)
                    .append("; ");
        }
    }
}
