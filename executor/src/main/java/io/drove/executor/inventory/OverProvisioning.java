package io.drove.executor.inventory;

/** How many times each core and all memory are given out, 1 to 20 each (the original's {@code resources.overProvisioning}). */
public record OverProvisioning(boolean enabled, int cpuMultiplier, int memoryMultiplier) {
    public static final OverProvisioning NONE = new OverProvisioning(false, 1, 1);
}
