package io.drove.platform.http;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints by method and path, in Helidon's path patterns ({@code /applications/{id}}); the first that fits is taken.
 *
 * <p>Adds what HTTP asks for around them: HEAD where there is GET, OPTIONS, 405 with {@code Allow} and an empty body where only
 * the method is wrong, 406 and 415 on {@linkplain #json JSON endpoints}, and a 404 page for the rest. Filters, error handlers
 * and everything else go straight to {@link #helidon}.
 */
public final class Routes {
    private final HttpRouting.Builder routing;
    private final List<Served> served;
    private final Map<String, BodyLimits.Larger> largerBodies;
    private final @Nullable MediaType produces;

    private record Served(PathMatcher path, Method method) {}

    Routes(HttpRouting.Builder routing) {
        this(routing, new ArrayList<>(), new TreeMap<>(), null);
    }

    private Routes(
            HttpRouting.Builder routing,
            List<Served> served,
            Map<String, BodyLimits.Larger> largerBodies,
            @Nullable MediaType produces) {
        this.routing = routing;
        this.served = served;
        this.largerBodies = largerBodies;
        this.produces = produces;
    }

    /** Helidon's own builder, for filters, error handlers and static files. */
    public HttpRouting.Builder helidon() {
        return routing;
    }

    /** The same set of endpoints; those added through it speak only JSON: 406 to who accepts none, 415 to who sends other. */
    public Routes json() {
        return new Routes(routing, served, largerBodies, MediaTypes.APPLICATION_JSON);
    }

    public Routes get(String path, Handler handler) {
        return add(Method.GET, path, handler);
    }

    public Routes post(String path, Handler handler) {
        return add(Method.POST, path, handler);
    }

    public Routes put(String path, Handler handler) {
        return add(Method.PUT, path, handler);
    }

    public Routes delete(String path, Handler handler) {
        return add(Method.DELETE, path, handler);
    }

    /**
     * Lets requests for a path, which has no parameters, have larger bodies than those for others.
     *
     * @param bytes of one, or its share of half of the room for all bodies if that is less ({@link HttpServer.Builder#maxBodiesBytes})
     * @param atOnce how many of them are handled at the same time
     */
    public Routes largerBodies(String path, int bytes, int atOnce) {
        largerBodies.put(path, new BodyLimits.Larger(bytes, atOnce));
        return this;
    }

    private Routes add(Method method, String path, Handler handler) {
        PathMatcher matcher = PathMatchers.create(path);
        Handler negotiated = produces == null ? handler : negotiate(handler, produces);
        routing.route(method, matcher, negotiated);
        if (method.equals(Method.GET)) {
            routing.route(Method.HEAD, matcher, negotiated);
        }
        served.add(new Served(matcher, method));
        return this;
    }

    /** Paths whose bodies may be larger than others, with their bytes. */
    Map<String, BodyLimits.Larger> largerBodies() {
        return largerBodies;
    }

    /** Adds the answers for everything that nobody serves; nothing may be added after. */
    void close() {
        routing.any(this::unserved);
    }

    private void unserved(ServerRequest request, ServerResponse response) {
        Set<String> allowed = new TreeSet<>();
        for (Served endpoint : served) {
            if (endpoint.path().match(request.path()).accepted()) {
                allowed.add(endpoint.method().text());
            }
        }
        if (allowed.isEmpty()) {
            ErrorAnswers.page(response, Status.NOT_FOUND_404);
            return;
        }
        allowed.add(Method.OPTIONS.text());
        boolean isQuestion = request.prologue().method().equals(Method.OPTIONS);
        response.status(isQuestion ? Status.OK_200 : Status.METHOD_NOT_ALLOWED_405)
                .header(HeaderNames.ALLOW, String.join(",", allowed))
                .send();
    }

    /** A handler that speaks only JSON, for endpoints that {@link #json} would ask too early: strangers are to be told nothing else. */
    public static Handler speakingJson(Handler handler) {
        return negotiate(handler, MediaTypes.APPLICATION_JSON);
    }

    private static Handler negotiate(Handler handler, MediaType type) {
        return (request, response) -> {
            boolean hasBody = request.content().hasEntity();
            if (!request.headers().isAccepted(type)) {
                response.status(Status.NOT_ACCEPTABLE_406).send();
            } else if (hasBody && !request.headers().testContentType(type)) {
                ErrorAnswers.page(response, Status.UNSUPPORTED_MEDIA_TYPE_415);
            } else {
                handler.handle(request, response);
            }
        };
    }
}
