package io.drove.controller.api;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A request as endpoints read it. What cannot be read is answered as the original does: 404 for what is no number, a page with 400 for what is no state. */
record Call(ServerRequest request) {
    /** The original's largest page. */
    static final int PAGE_MAX = Integer.MAX_VALUE - 1;

    /** A part of the path, decoded. */
    String path(String name) {
        return request.path().pathParameters().get(name);
    }

    /** The body; empty when there is none. Its size is limited by the server. */
    byte[] body() {
        return request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    }

    /** Says that something was done, or may have been, whatever the status of the answer: the audit log is to have it. */
    void changesSomething() {
        request.context().register(Changed.class, new Changed());
    }

    /** Whether that was said. */
    static boolean hasChangedSomething(ServerRequest request) {
        return request.context().get(Changed.class, Changed.class).isPresent();
    }

    private record Changed() {}

    /** A whole number of the query within its range. */
    int number(String name, int fallback, int min, int max) {
        return Math.toIntExact(number(name, (long) fallback, min, max));
    }

    /** The same for large ones. */
    long number(String name, long fallback, long min, long max) {
        List<String> given = request.query().all(name, List::of);
        if (given.isEmpty() || given.getFirst().isEmpty()) {
            return fallback;
        }
        long value;
        try {
            value = Long.parseLong(given.getFirst());
        } catch (NumberFormatException notANumber) {
            throw new BadCall(new Answer.Page(Status.NOT_FOUND_404));
        }
        if (value < min) {
            throw new BadCall(Answer.badParameter(name, "must be greater than or equal to " + min));
        }
        if (value > max) {
            throw new BadCall(Answer.badParameter(name, "must be less than or equal to " + max));
        }
        return value;
    }

    /** {@code true} in any case; everything else is false. */
    boolean flag(String name) {
        return request.query().all(name, List::of).stream().anyMatch("true"::equalsIgnoreCase);
    }

    /** A parameter that may come many times. */
    List<String> all(String name) {
        return request.query().all(name, List::of);
    }

    /** A repeated parameter of names; any case, and {@code -} or {@code .} for {@code _}, as the original's reader takes them. */
    <E extends Enum<E>> Set<E> names(String name, Class<E> type) {
        Set<E> values = EnumSet.noneOf(type);
        for (String text : all(name)) {
            String constant =
                    text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
            try {
                values.add(Enum.valueOf(type, constant));
            } catch (IllegalArgumentException unknown) {
                throw new BadCall(new Answer.Page(Status.BAD_REQUEST_400));
            }
        }
        return values;
    }

    /** The part of a list that a page asks for. */
    static <T> List<T> page(List<T> all, int from, int size) {
        int start = Math.min(from, all.size());
        return all.subList(start, start + Math.min(size, all.size() - start));
    }
}
