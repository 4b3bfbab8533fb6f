package io.drove.platform.security;

import org.jspecify.annotations.Nullable;

/**
 * What the processes of one cluster prove to each other that they belong to it: a shared secret in {@link #HEADER}, beside the
 * sender's name in {@link #NODE_HEADER} (the original's headers).
 */
public record ClusterSecret(Secret secret) {
    public static final String HEADER = "Cluster-Authorization";
    public static final String NODE_HEADER = "NodeId";

    public ClusterSecret {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the cluster secret must not be empty");
        }
    }

    /** Whether a request's header carries the secret; compares in constant time. A missing header does not match. */
    public boolean matches(@Nullable String header) {
        return header != null && secret.matches(header);
    }
}
