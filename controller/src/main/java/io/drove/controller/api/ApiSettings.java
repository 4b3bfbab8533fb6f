package io.drove.controller.api;

import io.drove.model.wire.SpecRules;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.UserStore;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the API needs to know of its configuration (reference 12.1).
 *
 * @param self {@code host:port} of this controller as others reach it; shown as the leader, and told to executors as the caller's name
 * @param users who may call, or null: then everybody is root, and the listener stays on loopback
 * @param secret proves to executors that we are of their cluster, and to us that a caller is one of them
 * @param rules what the cluster's options say about specs
 * @param isReadAuthDisabled {@code options.disableReadAuth}: every known caller may read logs
 * @param auditedMethods {@code options.auditedHttpMethods}: successful requests with these are logged with their user
 * @param replyTimeout how long a request waits for the control loop before it answers that the outcome is unknown
 * @param executorConnectTimeout how long a connection to an executor may take; executors are near
 * @param executorIdleTimeout how long an executor may send nothing of a log file before the transfer is given up
 */
public record ApiSettings(
        String self,
        @Nullable UserStore users,
        ClusterSecret secret,
        SpecRules rules,
        boolean isReadAuthDisabled,
        Set<String> auditedMethods,
        Duration replyTimeout,
        Duration executorConnectTimeout,
        Duration executorIdleTimeout) {
    public ApiSettings {
        auditedMethods = Set.copyOf(new TreeSet<>(auditedMethods));
    }

    /** The defaults for everything that has one. */
    public static ApiSettings of(String self, @Nullable UserStore users, ClusterSecret secret, SpecRules rules) {
        return new ApiSettings(
                self,
                users,
                secret,
                rules,
                false,
                Set.of("POST", "PUT", "DELETE"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(30));
    }

    /** Whether callers are asked who they are: what {@code HttpServer.Builder.authenticated} wants to know. */
    public boolean isAuthenticated() {
        return users != null;
    }
}
