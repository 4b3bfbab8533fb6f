package io.drove.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests that are being answered, so that a stop can let them end; refuses new ones from then on. */
final class InFlight implements Filter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private int count;
    private boolean isOpen = true;

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!enter()) {
            response.header(HeaderNames.CONNECTION, "close");
            ErrorAnswers.envelope(response, Status.SERVICE_UNAVAILABLE_503, "This server is stopping");
            return;
        }
        try {
            chain.proceed();
        } finally {
            leave();
        }
    }

    /** Lets no new request in, and waits until the last one is answered or the time is over; says whether all were answered. */
    boolean drain(Duration atMost) {
        lock.lock();
        try {
            isOpen = false;
            long left = atMost.toNanos();
            while (count > 0 && left > 0) {
                left = quiet.awaitNanos(left);
            }
            return count == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean enter() {
        lock.lock();
        try {
            count += isOpen ? 1 : 0;
            return isOpen;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            count--;
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
