package io.drove.executor.container;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small image of our own, made of busybox alone, without any registry. */
public final class TestImage {
    public static final String NAME = "drove-executor-test:1";
    public static final Path SOCKET = Path.of("/var/run/docker.sock");

    private static final String SCRIPT = """
            set -e
            docker image inspect IMAGE >/dev/null 2>&1 && exit 0
            dir=$(mktemp -d)
            mkdir -p $dir/bin $dir/tmp $dir/www $dir/etc
            cp /bin/busybox $dir/bin/busybox
            for name in sh httpd sleep echo cat nc kill seq true false env id; do ln -s busybox $dir/bin/$name; done
            echo hello > $dir/www/index.html
            tar -C $dir -c . | docker import -c 'CMD ["httpd","-f","-p","8080","-h","/www"]' - IMAGE >/dev/null
            rm -r $dir
            """;

    private TestImage() {}

    /** Makes the image unless it is there. */
    public static void ensure() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", SCRIPT.replace("IMAGE", NAME))
                .inheritIO()
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("the test image could not be made; is Docker there?");
        }
    }

    /** Another name of the image. */
    public static void alsoCalled(String name) throws IOException, InterruptedException {
        docker("tag", NAME, name);
    }

    /** Runs Docker's own command line. */
    public static void docker(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(words));
        command.addFirst("docker");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("not done: " + String.join(" ", command));
        }
    }

    public static DockerEngine engine() {
        return new DockerEngine(SOCKET, Duration.ofSeconds(30), RegistryCredentials.NONE);
    }
}
