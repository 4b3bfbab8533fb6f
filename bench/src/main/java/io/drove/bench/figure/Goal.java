package io.drove.bench.figure;

import static io.drove.model.Assertion.require;

/** What a figure is held against; the numbers are those of the project's goals, in the figure's unit. */
public sealed interface Goal {

    /** Nothing was promised: a peer's figure, or one that explains another. */
    record None() implements Goal {}

    /** Smaller is better. */
    record AtMost(double mustHave, double moonshot) implements Goal {
        public AtMost {
            require(moonshot <= mustHave, "a moonshot of %s is easier than the must-have of %s", moonshot, mustHave);
        }
    }

    /** Larger is better. */
    record AtLeast(double mustHave, double moonshot) implements Goal {
        public AtLeast {
            require(moonshot >= mustHave, "a moonshot of %s is easier than the must-have of %s", moonshot, mustHave);
        }
    }

    /** How a value does, in one word; empty where nothing was promised. */
    default String verdict(double value) {
        return switch (this) {
            case None() -> "";
            case AtMost(double mustHave, double moonshot) ->
                value <= moonshot ? "moonshot" : value <= mustHave ? "met" : "missed";
            case AtLeast(double mustHave, double moonshot) ->
                value >= moonshot ? "moonshot" : value >= mustHave ? "met" : "missed";
        };
    }
}
