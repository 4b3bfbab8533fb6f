package io.drove.client;

/**
 * A piece of a log file.
 *
 * @param text what was read, decoded from UTF-8 by the executor
 * @param offset the byte that it starts at, or the file's length when nothing was asked for
 */
public record LogPage(String text, long offset) {}
