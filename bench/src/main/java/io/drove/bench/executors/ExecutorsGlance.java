package io.drove.bench.executors;

/**
 * What simulated executors know of themselves.
 *
 * @param accepted starts ever taken on
 * @param live instances that are not over, on those that were not cut off
 * @param healthy of these
 * @param failures instances that ever failed
 * @param cut executors that were cut off
 * @param gone instances that were on them
 */
public record ExecutorsGlance(int accepted, int live, int healthy, int failures, int cut, int gone) {}
