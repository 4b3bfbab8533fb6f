package io.drove.bench.figure;

import static io.drove.model.Assertion.require;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One measured number.
 *
 * @param id the goal that it belongs to, such as {@code P9}
 * @param name what was measured, whose, and which statistic
 * @param shape under what circumstances: processors, memory, engine, runs; numbers and texts only
 */
public record Figure(String id, String name, double value, Unit unit, Goal goal, SortedMap<String, Object> shape) {
    public Figure {
        require(Double.isFinite(value), "%s %s is not a number: %s", id, name, value);
        shape = Collections.unmodifiableSortedMap(new TreeMap<>(shape));
    }

    /** The same with more circumstances; its own win over those given. */
    public Figure within(SortedMap<String, Object> circumstances) {
        TreeMap<String, Object> whole = new TreeMap<>(circumstances);
        whole.putAll(shape);
        return new Figure(id, name, value, unit, goal, whole);
    }

    String verdict() {
        return goal.verdict(value);
    }
}
