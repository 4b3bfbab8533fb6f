package io.drove.platform.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of one cluster prove to each other that they belong to it: a shared secret in {@link #HEADER}, beside the
 * sender's name in {@link #NODE_HEADER} (the original's headers).
 *
 * @param secret what we show
 * @param alsoAccepted what others may show as well: the next or the last one, while it is being changed
 */
public record ClusterSecret(Secret secret, List<Secret> alsoAccepted) {
    public static final String HEADER = "Cluster-Authorization";
    public static final String NODE_HEADER = "NodeId";

    public ClusterSecret {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the cluster secret must not be empty");
        }
        if (alsoAccepted.stream().anyMatch(Secret::isEmpty)) {
            throw new IllegalArgumentException("no cluster secret must be empty");
        }
        alsoAccepted = List.copyOf(alsoAccepted);
    }

    public ClusterSecret(Secret secret) {
        this(secret, List.of());
    }

    /** Of a list: the first is shown, all are accepted. */
    public static ClusterSecret of(List<Secret> secrets) {
        return new ClusterSecret(secrets.getFirst(), secrets.subList(1, secrets.size()));
    }

    /** Whether a request's header carries one of the secrets; compares in constant time. A missing header does not match. */
    public boolean matches(@Nullable String header) {
        if (header == null) {
            return false;
        }
        boolean isOne = secret.matches(header);
        for (Secret other : alsoAccepted) {
            // All are compared, so that the time does not tell which one it was.
            isOne |= other.matches(header);
        }
        return isOne;
    }
}
