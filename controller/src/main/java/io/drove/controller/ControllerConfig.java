package io.drove.controller;

import static java.util.Objects.requireNonNull;

import io.drove.model.wire.SpecRules;
import io.drove.platform.security.Role;
import io.drove.platform.security.Secret;
import io.drove.platform.security.SecretFile;
import io.drove.platform.security.User;
import io.drove.platform.security.UserStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The controller's configuration file. Keys of the original that mean the same have its names (reference 12.1). The defaults need no file:
 * one controller on loopback, secrets made at the first start.
 *
 * @param dataDirectory what is kept: the journal, and the secrets that the file does not give
 */
public record ControllerConfig(
        Path dataDirectory,
        Server server,
        Admin admin,
        Raft raft,
        ClusterAuth clusterAuth,
        InstanceAuth instanceAuth,
        UserAuth userAuth,
        Options options) {
    public static final ControllerConfig DEFAULT = new ControllerConfig(
            Path.of("/var/lib/drove"),
            new Server("127.0.0.1", 10_000, false),
            new Admin("127.0.0.1", 10_001, false),
            new Raft(10_002, "1", List.of(), false),
            new ClusterAuth(null, List.of(), null),
            new InstanceAuth(null, null),
            new UserAuth(false, List.of(), UserStore.Encoding.PLAIN),
            new Options(
                    null,
                    Duration.ofMinutes(60),
                    List.of("POST", "PUT", "DELETE"),
                    List.of(),
                    List.of(),
                    false,
                    false,
                    false));

    /**
     * The API, for clients and executors.
     *
     * @param allowOpen listen beyond loopback although nobody is asked for a password
     */
    public record Server(String host, int port, boolean allowOpen) {
        public Server {
            requirePort("port", port);
        }
    }

    /** Health and metrics. They answer anybody, so beyond loopback only with {@code allowOpen}. */
    public record Admin(String host, int port, boolean allowOpen) {
        public Admin {
            requirePort("port", port);
        }
    }

    /**
     * The journal.
     *
     * @param port where this controller listens for its peers, when {@code peers} is empty
     * @param self the id of this controller among the peers
     * @param peers all controllers, this one too: none or one, three or five
     * @param allowOpen listen beyond loopback although peers do not authenticate each other: for a network that only they can use
     */
    public record Raft(int port, String self, List<Peer> peers, boolean allowOpen) {
        public Raft {
            requirePort("port", port);
            peers = List.copyOf(peers);
        }
    }

    /** A controller of the cluster, and where the others reach its journal. */
    public record Peer(String id, String host, int port) {
        public Peer {
            requirePort("port", port);
        }
    }

    /**
     * What all processes of a cluster know: one secret, or several of which the first is shown and all are accepted, or a file of them, one a line.
     * Without any, the file {@code cluster-secret} in the data directory, made when missing.
     */
    public record ClusterAuth(
            @Nullable Secret secret,
            List<Secret> secrets,
            @Nullable Path secretFile) {
        public ClusterAuth {
            secrets = List.copyOf(secrets);
            if ((secret == null ? 0 : 1) + (secrets.isEmpty() ? 0 : 1) + (secretFile == null ? 0 : 1) > 1) {
                throw new IllegalArgumentException("give one of secret, secrets and secretFile");
            }
        }
    }

    /** What instances' tokens are signed with, or the file that holds it; without, {@code instance-secret} in the data directory, made when missing. */
    public record InstanceAuth(
            @Nullable Secret secret, @Nullable Path secretFile) {
        public InstanceAuth {
            if (secret != null && secretFile != null) {
                throw new IllegalArgumentException("give one of secret and secretFile");
            }
        }
    }

    /** Who may call the API. Not enabled, everybody may who reaches it, and only this machine does. */
    public record UserAuth(boolean enabled, List<ConfiguredUser> users, UserStore.Encoding encoding) {
        public UserAuth {
            users = List.copyOf(users);
            if (enabled && users.isEmpty()) {
                throw new IllegalArgumentException("users must name at least one user when enabled is true");
            }
            if (enabled) {
                // Refuses what it cannot take, here, where the file is still at hand.
                store(users, encoding);
            }
        }

        /** The users, or null when nobody is asked. */
        public @Nullable UserStore store() {
            return enabled ? store(users, encoding) : null;
        }

        private static UserStore store(List<ConfiguredUser> users, UserStore.Encoding encoding) {
            return new UserStore(users.stream().map(ConfiguredUser::user).toList(), encoding);
        }
    }

    /** A user; the password, or the file whose first line it is; {@code role} as the original names it, or none. */
    public record ConfiguredUser(
            String username,
            @Nullable Secret password,
            @Nullable Path passwordFile,
            @Nullable String role) {
        public ConfiguredUser {
            if ((password == null) == (passwordFile == null)) {
                throw new IllegalArgumentException("user " + username + " needs one of password and passwordFile");
            }
            if (role != null && Role.named(role).isEmpty()) {
                throw new IllegalArgumentException(
                        "role of user " + username + " must be one of " + List.of(Role.values()) + ", was " + role);
            }
        }

        User user() {
            return new User(
                    username,
                    password == null ? read(requireNonNull(passwordFile)) : password,
                    role == null ? null : Role.named(role).orElseThrow());
        }
    }

    private static Secret read(Path file) {
        try {
            return SecretFile.read(file).getFirst();
        } catch (IOException e) {
            throw new IllegalArgumentException("passwordFile cannot be read: " + e, e);
        }
    }

    /**
     * Options of the cluster; give all its controllers the same.
     *
     * @param hostname the advertised name; null takes the host on which the API listens
     * @param maxEventsStorageDuration how long events are kept
     * @param auditedHttpMethods successful requests with these are written to the audit log
     * @param allowedMountDirs directories of executors under which volumes may be mounted; none allows all
     * @param allowedConfigDirs directories of executors from which {@code EXECUTOR_LOCAL_FILE} configs may be taken; none allows all
     * @param disableReadAuth everybody may read, logs too
     * @param disableCmdlArgs refuse {@code args} in specs
     * @param enableRawDeviceAccess accept {@code devices} in specs
     */
    public record Options(
            @Nullable String hostname,
            Duration maxEventsStorageDuration,
            List<String> auditedHttpMethods,
            List<String> allowedMountDirs,
            List<String> allowedConfigDirs,
            boolean disableReadAuth,
            boolean disableCmdlArgs,
            boolean enableRawDeviceAccess) {
        public Options {
            auditedHttpMethods = List.copyOf(auditedHttpMethods);
            allowedMountDirs = List.copyOf(allowedMountDirs);
            allowedConfigDirs = List.copyOf(allowedConfigDirs);
        }

        SpecRules specRules() {
            return new SpecRules(allowedMountDirs, allowedConfigDirs, disableCmdlArgs, enableRawDeviceAccess);
        }
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be 0 to 65535, was " + port);
        }
    }
}
