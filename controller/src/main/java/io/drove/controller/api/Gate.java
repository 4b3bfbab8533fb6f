package io.drove.controller.api;

import io.drove.platform.http.ErrorAnswers;
import io.drove.platform.security.Caller;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Credentials;
import io.drove.platform.security.Role;
import io.drove.platform.security.UserStore;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every endpoint: who calls (401), may they (403), do we lead (400); in this order, so that a follower tells strangers nothing. Successful changes
 * are written to the audit log, those that succeed in part or may have, too.
 *
 * <p>Different from the original: a process of the cluster may read and fetch configs, and change nothing (there it may call whatever asks for no role); a user without a role gets 403
 * where a role is asked for, not 500; a change that a browser sends from another site's page is refused, since browsers add passwords by themselves.
 */
final class Gate {
    private static final Logger AUDIT = LoggerFactory.getLogger("ACCESS_AUDIT");
    private static final byte[] UNKNOWN =
            "Credentials are required to access this resource.".getBytes(StandardCharsets.UTF_8);
    private static final Caller EVERYBODY = new Caller("default-user", Role.EXTERNAL_ROOT);
    private static final HeaderName CLUSTER = HeaderNames.create(ClusterSecret.HEADER);
    private static final HeaderName FORWARDED_HOST = HeaderNames.create("X-Forwarded-Host");

    private final ApiSettings settings;
    private final BooleanSupplier isLeading;

    Gate(ApiSettings settings, BooleanSupplier isLeading) {
        this.settings = settings;
        this.isLeading = isLeading;
    }

    /** The handler, for callers with this right. */
    Handler guard(Right right, Handler inner) {
        return (request, response) -> {
            Optional<Caller> caller = authenticate(request);
            if (caller.isEmpty()) {
                response.status(Status.UNAUTHORIZED_401)
                        .header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"realm\"")
                        .header(HeaderNames.CONTENT_TYPE, "text/plain");
                response.send(UNKNOWN.clone());
            } else if (!right.isGrantedTo(caller.get(), settings.isReadAuthDisabled()) || isForeign(right, request)) {
                ErrorAnswers.page(response, Status.FORBIDDEN_403);
            } else if (!isLeading.getAsBoolean()) {
                Answer.notLeading().send(response);
            } else {
                boolean isAnswered = false;
                try {
                    inner.handle(request, response);
                    isAnswered = true;
                } finally {
                    audit(caller.get(), request, response, isAnswered);
                }
            }
        };
    }

    private Optional<Caller> authenticate(ServerRequest request) {
        if (settings.secret().matches(request.headers().first(CLUSTER).orElse(null))) {
            return Optional.of(new Caller("cluster-node", Role.CLUSTER_NODE));
        }
        UserStore users = settings.users();
        if (users == null) {
            return Optional.of(EVERYBODY);
        }
        return Credentials.parse(
                        request.headers().first(HeaderNames.AUTHORIZATION).orElse(null))
                .flatMap(users::authenticate);
    }

    /** Whether a page of another site sends this change; browsers name the page's site in {@code Origin}, programs send none. */
    private static boolean isForeign(Right right, ServerRequest request) {
        Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
        if (right != Right.WRITE || origin.isEmpty()) {
            return false;
        }
        String host = request.headers()
                .first(FORWARDED_HOST)
                .or(() -> request.headers().first(HeaderNames.HOST))
                .orElse("");
        try {
            return !host.equalsIgnoreCase(new URI(origin.get()).getRawAuthority());
        } catch (URISyntaxException unreadable) {
            return true;
        }
    }

    /** Of a call that was not answered, since its client hung up perhaps, the status may not have been set. */
    private void audit(Caller caller, ServerRequest request, ServerResponse response, boolean isAnswered) {
        String method = request.prologue().method().text();
        boolean isDone = (isAnswered && response.status().code() / 100 == 2) || Call.hasChangedSomething(request);
        if (settings.auditedMethods().contains(method) && isDone) {
            AUDIT.info(
                    "request user={} method={} path={} status={}",
                    caller.name(),
                    method,
                    request.path().rawPath(),
                    isAnswered ? response.status().code() : "unanswered");
        }
    }
}
