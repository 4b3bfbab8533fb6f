package io.drove.core.agent;

import static io.drove.model.Assertion.require;

/** Host ports from {@code first} to {@code last}, both included. */
public record PortRange(int first, int last) {
    /** Outside the kernel's usual ephemeral range, which begins at 32768. */
    public static final PortRange DEFAULT = new PortRange(20_000, 31_999);

    public PortRange {
        require(first >= 1 && first <= last && last <= 65_535, "no port range: %d-%d", first, last);
    }

    /** How many ports it has. */
    public int size() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
