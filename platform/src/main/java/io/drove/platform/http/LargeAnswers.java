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
 * Lets only a few answers that take long to make be made at once: virtual threads are not time-sliced, and two long renders on two
 * cores would make every small request wait for them.
 *
 * <p>From its first byte on, an answer that is being sent counts no more, so that clients that read slowly do not keep others from theirs; but only as long as all such
 * answers together fit into a given room of bytes, since they are kept in memory until they are read. One that does not fit counts until it is sent.
 */
public final class LargeAnswers {
    private static final int UNSENT_BYTES_MAX = 64 << 20;
    private static final ScopedValue<Making> MAKING = ScopedValue.newInstance();

    private final Semaphore permits;
    private final Semaphore room;
    private final Duration patience;

    /**
     * A limit of its own, with room for 64 MiB of answers that are being sent, or a sixteenth of the heap if that is less.
     *
     * @param atOnce how many are made at the same time
     * @param patience how long one more waits before it is told to come again (503 with {@code Retry-After})
     */
    public LargeAnswers(int atOnce, Duration patience) {
        this(atOnce, patience, Heap.share(16, UNSENT_BYTES_MAX));
    }

    /**
     * The same with another room.
     *
     * @param roomBytes how many bytes of answers may be on their way beside the permits
     */
    LargeAnswers(int atOnce, Duration patience, int roomBytes) {
        this.permits = new Semaphore(atOnce, true);
        this.room = new Semaphore(roomBytes);
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
        Making making = new Making();
        try {
            ScopedValue.where(MAKING, making).call(() -> {
                handler.handle(request, response);
                return making;
            });
        } finally {
            making.end();
        }
    }

    /** So many bytes of the answer that this thread makes, if it makes a large one, are there and about to be sent. */
    static void rendered(int bytes) {
        if (MAKING.isBound()) {
            MAKING.get().rendered(bytes);
        }
    }

    /** One answer: holds a permit until it is made, then room until it is sent. */
    private final class Making {
        private boolean isMade;
        private int bytes;

        void rendered(int unsent) {
            if (!isMade && room.tryAcquire(unsent)) {
                isMade = true;
                bytes = unsent;
                permits.release();
            }
        }

        void end() {
            if (isMade) {
                room.release(bytes);
            } else {
                permits.release();
            }
        }
    }
}
