package io.drove.platform.http;

import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.DirectTransportRequest;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses with 400 what is no chunk (RFC 9112, 7.1); to Helidon it is a failure of its own. A chunk's size with an extension is refused too: no client of
 * ours sends one.
 */
final class Chunks implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        request.streamFilter(Body::new);
        chain.proceed();
    }

    /** A body, read from chunks that may be malformed. */
    private static final class Body extends FilterInputStream {
        Body(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (NumberFormatException | IncorrectNewLineException e) {
                throw malformed(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (NumberFormatException | IncorrectNewLineException e) {
                throw malformed(e);
            }
        }

        private static RequestException malformed(RuntimeException cause) {
            return RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .request(DirectTransportRequest.create("HTTP/1.1", "", ""))
                    .setKeepAlive(false)
                    .message("A chunk of the request body is malformed: its size must be a hexadecimal number")
                    .cause(cause)
                    .build();
        }
    }
}
