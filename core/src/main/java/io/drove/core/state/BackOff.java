package io.drove.core.state;

/**
 * How an app that fails to start is slowed down.
 *
 * @param failures failed starts in a row
 * @param since when the last of them was counted, monotonic nanoseconds: a start from before it does not count again
 * @param until no start before this
 */
public record BackOff(int failures, long since, long until) {}
