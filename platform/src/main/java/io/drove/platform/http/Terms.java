package io.drove.platform.http;

/**
 * On which terms a server talks to its clients; the same for all of its connections.
 *
 * @param bodyBytesMax the largest body of a request
 * @param overdue ends what a client does not take
 */
record Terms(Patience patience, long bodyBytesMax, Overdue overdue) {}
