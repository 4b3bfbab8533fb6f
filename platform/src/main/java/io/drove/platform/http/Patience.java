package io.drove.platform.http;

import java.time.Duration;

/**
 * How long a server waits for what a client is to send.
 *
 * @param idle for the first byte of the next request
 * @param read for the next bytes of what has begun: a request, or the frames of a WebSocket
 * @param request for a whole request, from its first byte to its last; who sends a byte now and then is not silent and not done either
 */
record Patience(Duration idle, Duration read, Duration request) {}
