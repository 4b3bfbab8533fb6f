package io.drove.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.platform.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** An image whose server speaks HTTPS with a certificate of its own making: the machine's openssl and its libraries. */
final class TlsImage {
    static final String NAME = "drove-tls-test:1";
    static final int PORT = 8443;

    private static final String SCRIPT = """
            set -e
            mkdir -p root/bin root/usr/bin root/tmp
            cp /bin/busybox root/bin/sh
            cp "$(command -v openssl)" root/usr/bin/openssl
            for library in $(ldd "$(command -v openssl)" | grep -o '/[^ ]*'); do
                mkdir -p "root${library%/*}"
                cp -L "$library" "root$library"
            done
            openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=nobody -keyout root/key.pem -out root/cert.pem 2> /dev/null
            serve='openssl s_server -accept PORT -cert /cert.pem -key /key.pem -www -quiet'
            # Process 1 gets no default actions: without this a stop would wait for the kill.
            tar -C root -c . | docker import -c "CMD [\\"/bin/sh\\", \\"-c\\", \\"trap exit TERM; $serve & wait\\"]" -c 'ENV PATH=/bin:/usr/bin' - NAME
            """;

    private TlsImage() {}

    /** Makes it anew; in an empty directory. */
    static void make(Path directory) throws IOException, InterruptedException {
        Command.Result made = Command.of(
                        Duration.ofSeconds(60),
                        "sh",
                        "-c",
                        "cd '" + directory + "'\n"
                                + SCRIPT.replace("NAME", NAME).replace("PORT", Integer.toString(PORT)))
                .run();
        assertThat(made.isSuccess()).as(made.output()).isTrue();
    }
}
