package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Debian's image registry on loopback, with a password. It has two names, {@code 127.0.0.1} and {@code localhost}: so a test can have the right
 * credentials for one and wrong ones for the other.
 */
final class RegistryFixture {
    static final String USERNAME = "puller";
    static final String PASSWORD = "of-the-registry";

    private static final String PROGRAM = "docker-registry";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int FIRST_PORT = 16_500;
    private static final int LAST_PORT = 16_900;

    private final Path home;
    private final int port;
    private Process process;

    private RegistryFixture(Path home, int port, Process process) {
        this.home = home;
        this.port = port;
        this.process = process;
    }

    static RegistryFixture start(Path home) throws IOException {
        int port = freePort();
        Files.writeString(
                home.resolve("htpasswd"),
                USERNAME + ":" + BCrypt.withDefaults().hashToString(4, PASSWORD.toCharArray()) + "\n");
        Files.writeString(home.resolve("registry.yml"), """
                version: 0.1
                log: {level: warn}
                storage: {filesystem: {rootdirectory: %1$s/images}}
                http: {addr: "127.0.0.1:%2$d"}
                auth: {htpasswd: {realm: test, path: %1$s/htpasswd}}
                """.formatted(home, port));
        RegistryFixture registry = new RegistryFixture(home, port, launch(home));
        registry.logIn();
        registry.awaitAnswer();
        return registry;
    }

    /** The registry's name for which the executor has the right password. */
    String name() {
        return "127.0.0.1:" + port;
    }

    /** Its other name. */
    String otherName() {
        return "localhost:" + port;
    }

    /** Puts the sample there under that name, with a label that sets it apart, and leaves nothing of it on the engine. */
    void push(String image, String label) throws IOException, InterruptedException {
        String container = EngineCommand.docker("create", "drove/hello:1");
        try {
            EngineCommand.docker("commit", "--change", "LABEL test.content=" + label, container, image);
        } finally {
            EngineCommand.docker("rm", container);
        }
        EngineCommand.docker("--config", home.toString(), "push", image);
        EngineCommand.docker("rmi", image);
    }

    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void startAgain() throws IOException {
        process = launch(home);
        awaitAnswer();
    }

    /** What {@code docker login} writes. */
    private void logIn() throws IOException {
        String pair = Base64.getEncoder().encodeToString((USERNAME + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                home.resolve("config.json"),
                DevClusterFixture.JSON.writeValueAsString(Map.of("auths", Map.of(name(), Map.of("auth", pair)))));
    }

    private void awaitAnswer() {
        URI root = URI.create("http://" + name() + "/v2/");
        eventually().until(() -> ApiCall.get(root, USERNAME, PASSWORD).status() == 200);
    }

    private static Process launch(Path home) throws IOException {
        try {
            return new ProcessBuilder(
                            PROGRAM, "serve", home.resolve("registry.yml").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("registry.log").toFile()))
                    .start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "there is no " + PROGRAM + "; on Debian: apt-get install docker-registry", missing);
        }
    }

    private static int freePort() {
        for (int port = FIRST_PORT; port < LAST_PORT; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new AssertionError("no free port from " + FIRST_PORT + " to " + LAST_PORT);
    }
}
