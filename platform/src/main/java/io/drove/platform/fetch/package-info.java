/**
 * Asking other people's HTTP servers.
 *
 * <p>Here: clients of HTTP/1.1 without redirects, with or without checked certificates, and a whole request for a small document that is over
 * within its time and says in plain words what went wrong. Not here: what is asked for, and what an answer means.
 *
 * <p>Front door: {@link io.drove.platform.fetch.Fetch}. Calls block and belong on virtual threads. Depends on the JDK alone.
 */
@NullMarked
package io.drove.platform.fetch;

import org.jspecify.annotations.NullMarked;
