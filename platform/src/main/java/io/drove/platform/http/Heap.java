package io.drove.platform.http;

/** What may be kept in memory for clients follows the memory that there is. */
final class Heap {
    private Heap() {}

    /** That part of the largest heap, in bytes, and no more than a maximum. */
    static int share(int part, int bytesMax) {
        return (int) Math.min(bytesMax, Runtime.getRuntime().maxMemory() / part);
    }
}
