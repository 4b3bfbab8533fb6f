package io.drove.dist.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The image {@code drove/hello:1}: a static busybox that serves one page, which names the instance and its host. Made without any
 * registry, and only when it is not there: a label carries the digest of what it was made of.
 */
public final class SampleImage {
    public static final String REPOSITORY = "drove/hello";
    public static final String TAG = "1";
    public static final String NAME = REPOSITORY + ":" + TAG;

    private static final String CONTENT_LABEL = "io.drove.sample.content";
    private static final List<String> APPLETS = List.of(
            "cat",
            "date",
            "echo",
            "env",
            "false",
            "head",
            "hostname",
            "httpd",
            "kill",
            "ls",
            "mkdir",
            "nc",
            "ps",
            "rm",
            "seq",
            "sh",
            "sleep",
            "tail",
            "test",
            "touch",
            "true",
            "wget",
            "yes");

    private SampleImage() {}

    /** Whether the engine has it, with the content that {@link #make} would give it. */
    public static boolean isPresent(Engine engine) throws IOException {
        return engine.imageLabel(NAME, CONTENT_LABEL)
                .filter(digest(startScript())::equals)
                .isPresent();
    }

    /**
     * Makes it.
     *
     * @param busybox a statically linked busybox
     */
    public static void make(Engine engine, Path busybox) throws IOException {
        byte[] start = startScript();
        Tar tar = new Tar()
                .directory("bin")
                .directory("etc")
                .directory("tmp")
                .directory("www")
                .file("bin/busybox", 0755, Files.readAllBytes(busybox))
                .file("start.sh", 0755, start)
                .file("etc/passwd", 0644, "root:x:0:0:root:/:/bin/sh\n".getBytes(StandardCharsets.UTF_8))
                .file("etc/group", 0644, "root:x:0:\n".getBytes(StandardCharsets.UTF_8))
                .file("www/health", 0644, "ok\n".getBytes(StandardCharsets.UTF_8));
        for (String applet : APPLETS) {
            tar.link("bin/" + applet, "busybox");
        }
        engine.importImage(
                REPOSITORY,
                TAG,
                tar.toBytes(),
                List.of(
                        "CMD [\"/start.sh\"]",
                        "EXPOSE 8000",
                        "ENV PATH=/bin",
                        "LABEL " + CONTENT_LABEL + "=" + digest(start)));
    }

    private static byte[] startScript() throws IOException {
        try (InputStream in = Objects.requireNonNull(SampleImage.class.getResourceAsStream("hello-start.sh"))) {
            return in.readAllBytes();
        }
    }

    private static String digest(byte[] start) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(start);
            APPLETS.forEach(applet -> sha.update(applet.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
