/**
 * How a process logs: to its console, one line an event, set up by code.
 *
 * <p>Here: {@link io.drove.platform.log.Logging}. Not here: what is logged, and the logs of containers. Lines are a time, a
 * level, the logger's short name and a message that ends in {@code key=value} pairs. No file is parsed at the start: that costs
 * a good part of a short start. Depends on logback, and takes what libraries tell {@code java.util.logging}.
 */
@NullMarked
package io.drove.platform.log;

import org.jspecify.annotations.NullMarked;
