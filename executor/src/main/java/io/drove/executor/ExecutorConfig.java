package io.drove.executor;

import io.drove.core.agent.PortRange;
import io.drove.platform.config.Bytes;
import io.drove.platform.security.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The executor's configuration file. Keys of the original that mean the same have its names (reference 12.2). The defaults are good for one
 * machine.
 *
 * @param dataDirectory what is kept: id, cluster, epoch, logs
 */
public record ExecutorConfig(
        Path dataDirectory,
        Server server,
        Admin admin,
        ClusterAuth clusterAuth,
        Controllers controllers,
        Resources resources,
        Options options,
        Logs logs,
        DockerAuth dockerAuth) {
    public static final ExecutorConfig DEFAULT = new ExecutorConfig(
            Path.of("/var/lib/drove/executor"),
            new Server("127.0.0.1", 11_000),
            new Admin("127.0.0.1", 11_001, false),
            new ClusterAuth(null, List.of(), Path.of("/var/lib/drove/cluster-secret")),
            new Controllers(List.of(URI.create("http://127.0.0.1:10000"))),
            new Resources(List.of(), 100, false, List.of(), new OverProvisioned(false, 1, 1), Map.of()),
            new Options(
                    null,
                    true,
                    470_000,
                    Duration.ofSeconds(30),
                    Path.of("/var/run/docker.sock"),
                    null,
                    null,
                    new Ports(PortRange.DEFAULT.first(), PortRange.DEFAULT.last())),
            new Logs(Bytes.mebibytes(10), 3, Duration.ofDays(7), Bytes.mebibytes(2_048)),
            new DockerAuth(Map.of()));

    /** Where the controllers reach it, for logs. */
    public record Server(String host, int port) {
        public Server {
            requirePort(port);
        }
    }

    /** Health and metrics. They answer anybody, so beyond loopback only with {@code allowOpen}. */
    public record Admin(String host, int port, boolean allowOpen) {
        public Admin {
            requirePort(port);
        }
    }

    /**
     * What all processes of a cluster know: the secret itself, or several of which the first is shown and all are accepted, or the file that holds them,
     * one a line.
     */
    public record ClusterAuth(
            @Nullable Secret secret,
            List<Secret> secrets,
            @Nullable Path secretFile) {
        public ClusterAuth {
            secrets = List.copyOf(secrets);
            requireThat(secret == null || secrets.isEmpty(), "give one of secret and secrets");
        }
    }

    /** The controllers' API ports; whoever leads among them is found. */
    public record Controllers(List<URI> endpoints) {
        public Controllers {
            requireThat(!endpoints.isEmpty(), "endpoints must name at least one controller");
            endpoints = List.copyOf(endpoints);
        }
    }

    /** What the machine gives out. */
    public record Resources(
            List<Integer> osCores,
            int exposedMemPercentage,
            boolean disableNUMAPinning,
            List<String> tags,
            OverProvisioned overProvisioning,
            Map<String, String> metadata) {
        public Resources {
            requireThat(
                    exposedMemPercentage >= 50 && exposedMemPercentage <= 100,
                    "exposedMemPercentage must be 50 to 100, was " + exposedMemPercentage);
            osCores = List.copyOf(osCores);
            tags = List.copyOf(tags);
            metadata = Map.copyOf(metadata);
        }
    }

    /** More cores and memory than there are, 1 to 20 times each. */
    public record OverProvisioned(boolean enabled, int cpuMultiplier, int memoryMultiplier) {
        public OverProvisioned {
            requireThat(
                    cpuMultiplier >= 1 && cpuMultiplier <= 20, "cpuMultiplier must be 1 to 20, was " + cpuMultiplier);
            requireThat(
                    memoryMultiplier >= 1 && memoryMultiplier <= 20,
                    "memoryMultiplier must be 1 to 20, was " + memoryMultiplier);
        }
    }

    /**
     * How containers are run.
     *
     * @param hostname the advertised name; null takes the machine's, or {@code localhost} when only loopback is served
     * @param publishAddress where host ports of instances are open, beside loopback; null is loopback alone when {@code server.host} is
     *     loopback, else every address
     * @param maxOpenFiles of each container; 0 or less means the default
     */
    public record Options(
            @Nullable String hostname,
            boolean cacheImages,
            int maxOpenFiles,
            Duration containerCommandTimeout,
            Path dockerSocketPath,
            @Nullable User defaultUserSpec,
            @Nullable String publishAddress,
            Ports hostPorts) {
        public Options {
            requireThat(
                    publishAddress == null || isAddress(publishAddress),
                    "publishAddress must be an IP address such as 127.0.0.1 or 0.0.0.0, was " + publishAddress);
        }

        // Never a name: that would be looked up on the network.
        private static boolean isAddress(String text) {
            try {
                InetAddress.ofLiteral(text);
                return true;
            } catch (IllegalArgumentException notOne) {
                return false;
            }
        }
    }

    /** User and group of containers whose spec names none. */
    public record User(String user, @Nullable String group) {}

    /** The host ports of instances, from {@code first} to {@code last}; keep them outside the kernel's ephemeral range. */
    public record Ports(int first, int last) {
        public Ports {
            requireThat(first >= 1 && first <= last && last <= 65_535, "no port range: " + first + " to " + last);
        }
    }

    /** The copies of what instances print: size and number of files of one, age and size of what ended ones leave. */
    public record Logs(Bytes maxFileSize, int maxFiles, Duration retention, Bytes totalSizeCap) {
        public Logs {
            requireThat(maxFiles >= 1 && maxFiles <= 100, "maxFiles must be 1 to 100, was " + maxFiles);
            requireThat(maxFileSize.count() >= 4_096, "maxFileSize must be at least 4KiB, was " + maxFileSize);
        }
    }

    /** Who we are to registries, by the text before the first slash of an image. */
    public record DockerAuth(Map<String, Login> entries) {
        public DockerAuth {
            entries = Map.copyOf(entries);
        }
    }

    /** {@code type} is {@code CREDENTIALS}, the only one. */
    public record Login(@Nullable String type, String username, Secret password) {}

    private static void requirePort(int port) {
        requireThat(port >= 0 && port <= 65_535, "port must be 0 to 65535, was " + port);
    }

    private static void requireThat(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
