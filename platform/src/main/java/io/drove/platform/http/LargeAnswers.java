package io.drove.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets only a few answers that take long to make run at once: virtual threads are not time-sliced, and two long renders on two
 * cores would make every small request wait for them.
 */
public final class LargeAnswers {
    private final Semaphore permits;
    private final Duration patience;

    /**
     * A limit of its own.
     *
     * @param atOnce how many run at the same time
     * @param patience how long one more waits before it is told to come again (503 with {@code Retry-After})
     */
    public LargeAnswers(int atOnce, Duration patience) {
        this.permits = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /** The handler, under this limit. */
    public Handler limit(Handler handler) {
        return (request, response) -> handle(handler, request, response);
    }

    private void handle(Handler handler, ServerRequest request, ServerResponse response) throws Exception {
        if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            response.header(HeaderNames.RETRY_AFTER, "1");
            ErrorAnswers.envelope(
                    response, Status.SERVICE_UNAVAILABLE_503, "Too many large requests at once; try again");
            return;
        }
        try {
            handler.handle(request, response);
        } finally {
            permits.release();
        }
    }
}
