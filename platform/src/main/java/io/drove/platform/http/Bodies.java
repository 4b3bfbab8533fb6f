package io.drove.platform.http;

import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectTransportRequest;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses with 413 a body that its path does not take: Helidon knows one limit for a server, which is that of the path that takes most. Refuses with 400 what is no chunk
 * (RFC 9112, 7.1); to Helidon it is a failure of its own. A chunk's size with an extension is refused too: no client of ours sends one.
 */
final class Bodies implements Filter {
    private final BodyLimits limits;

    Bodies(BodyLimits limits) {
        this.limits = limits;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = request.path().rawPath();
        long most = limits.of(path);
        if (request.headers().contentLength().orElse(0) > most) {
            ErrorAnswers.envelope(response, Status.REQUEST_ENTITY_TOO_LARGE_413, limits.refusal(path));
            return;
        }
        request.streamFilter(in -> new Body(in, most));
        chain.proceed();
    }

    /** A body, read from chunks that may be malformed, or too many. */
    private static final class Body extends FilterInputStream {
        private long left;

        Body(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            try {
                int read = super.read();
                count(read < 0 ? 0 : 1);
                return read;
            } catch (NumberFormatException | IncorrectNewLineException e) {
                throw malformed(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int read = super.read(into, offset, length);
                count(Math.max(0, read));
                return read;
            } catch (NumberFormatException | IncorrectNewLineException e) {
                throw malformed(e);
            }
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw refusal(Status.REQUEST_ENTITY_TOO_LARGE_413, "The body is too large")
                        .build();
            }
        }

        private static RequestException malformed(RuntimeException cause) {
            return refusal(
                            Status.BAD_REQUEST_400,
                            "A chunk of the request body is malformed: its size must be a hexadecimal number")
                    .cause(cause)
                    .build();
        }

        private static RequestException.Builder refusal(Status status, String why) {
            return RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .status(status)
                    .request(DirectTransportRequest.create("HTTP/1.1", "", ""))
                    .setKeepAlive(false)
                    .message(why);
        }
    }
}
