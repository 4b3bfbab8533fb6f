/**
 * A thin layer over Helidon's web server: what every listener of ours has in common.
 *
 * <p>Here: binding with a clear error, limits on bodies, connections, time and large answers, whom a listener on loopback serves, graceful stop, gzip, and the
 * answers for paths and methods that nobody serves. Not here: any endpoint, who may call it, or the shape of an API's answers.
 *
 * <p>Front door: {@code HttpServer.builder(name)}, with {@link io.drove.platform.http.Routes} for the endpoints. Helidon's
 * requests, responses and WebSocket listeners are used as they are: wrapping them would add nothing. A request runs on a
 * virtual thread of its own. Depends on Helidon, Jackson (for error envelopes) and {@code platform.process} (who holds a port).
 */
@NullMarked
package io.drove.platform.http;

import org.jspecify.annotations.NullMarked;
