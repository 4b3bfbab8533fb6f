package io.drove.platform.http;

import java.util.concurrent.Semaphore;

/**
 * On which terms a server talks to its clients; the same for all of its connections.
 *
 * @param bodies the largest body of a request
 * @param bodyRoom how many more bytes of bodies may be under way, in all connections together
 * @param overdue ends what a client does not take
 */
record Terms(Patience patience, BodyLimits bodies, Semaphore bodyRoom, Overdue overdue) {}
