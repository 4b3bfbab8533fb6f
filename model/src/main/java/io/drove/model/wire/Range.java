package io.drove.model.wire;

/**
 * The whole numbers that a field accepts, ends included, and what is said below and above them.
 *
 * @param isLong whether the original's field is a {@code long}; its messages name the type
 */
record Range(long min, long max, String below, String above, boolean isLong) {
    /** With the phrases of the original's validation library, for a field of type {@code int}. */
    static Range of(int min, int max) {
        return new Range(
                min, max, "must be greater than or equal to " + min, "must be less than or equal to " + max, false);
    }

    /** The same for a field of type {@code long}. */
    static Range ofLong(long min, long max) {
        return new Range(
                min, max, "must be greater than or equal to " + min, "must be less than or equal to " + max, true);
    }

    /** With phrases of the field's own. */
    Range saying(String whenBelow, String whenAbove) {
        return new Range(min, max, whenBelow, whenAbove, isLong);
    }

    String type() {
        return isLong ? "long" : "int";
    }

    boolean contains(long number) {
        return number >= min && number <= max;
    }

    String inWords() {
        return min + " to " + max;
    }
}
