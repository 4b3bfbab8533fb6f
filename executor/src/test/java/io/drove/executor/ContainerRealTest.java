package io.drove.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.executor.container.CommandResult;
import io.drove.executor.container.TestImage;
import io.drove.model.app.AppSpec;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.DeviceSpec;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.MountedVolume;
import io.drove.model.container.UserSpec;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import io.drove.model.session.ToExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a spec asks for, seen from inside the container; and what the kernel makes of it. */
@Tag("real")
class ContainerRealTest extends ExecutorOnEngine {
    /** Ends as soon as it is told to, which the server by itself does not as a container's first process. */
    private static final List<String> WEB = List.of("sh", "-c", """
            echo hello from $DROVE_INSTANCE_ID
            trap 'exit 0' TERM
            httpd -p 8080 -h /www
            while true; do sleep 9 & wait $!; done""");

    @Test
    void volumes_devices_files_and_the_user_are_there_and_output_goes_to_the_syslog_server() throws Exception {
        startExecutor();
        Path shared = directory("shared");
        Path fixed = directory("fixed");
        Files.writeString(fixed.resolve("fixed.txt"), "fixed");
        Path local = Files.writeString(data.resolve("local.conf"), "of this host");

        try (DatagramSocket syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InstanceId id = start(asking(
                    List.of(
                            new MountedVolume("/shared", shared.toString(), MountedVolume.Mode.READ_WRITE),
                            new MountedVolume("/fixed", fixed.toString(), MountedVolume.Mode.READ_ONLY)),
                    List.of(
                            new ConfigSpec.ExecutorLocalFile("/etc/local.conf", local.toString()),
                            // A shell would look for another file.
                            new ConfigSpec.Inline("/etc/$NONE", Blob.of(new byte[1]))),
                    new LoggingSpec.Rsyslog("udp://127.0.0.1:" + syslog.getLocalPort(), "before-", "-after"),
                    List.of(new DeviceSpec.Direct("/dev/null", "/dev/nowhere", DeviceSpec.Permissions.READ_WRITE)),
                    new UserSpec("1234", "2345"),
                    new CheckMode.Command("cat /etc/$NONE", true),
                    TestImage.NAME));
            leader.await(id, InstanceState.HEALTHY);

            assertThat(inside(id, "echo $(id -u):$(id -g)")).isEqualTo("0 1234:2345\n");
            assertThat(inside(id, "cat /etc/local.conf")).isEqualTo("0 of this host");
            assertThat(inside(id, "cat /fixed/fixed.txt")).isEqualTo("0 fixed");
            assertThat(inside(id, "echo from inside > /shared/made.txt")).isEqualTo("0 ");
            assertThat(shared.resolve("made.txt")).hasContent("from inside");
            assertThat(inside(id, "echo no > /fixed/new.txt")).contains("Read-only file system");
            assertThat(inside(id, "test -c /dev/nowhere && echo gone > /dev/nowhere"))
                    .isEqualTo("0 ");
            assertThat(received(syslog)).contains("before-" + id + "-after").contains("hello from " + id);
        }
    }

    private Path directory(String name) throws IOException {
        Path made = Files.createDirectory(data.resolve(name));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private String inside(InstanceId id, String script) throws Exception {
        CommandResult result = engine.execute(container(id), List.of("sh", "-c", script), Duration.ofSeconds(10));
        return result.exitCode() + " " + result.output();
    }

    private static String received(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
        socket.setSoTimeout(20_000);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void without_a_user_the_executor_s_is_taken_and_an_image_that_is_not_kept_goes_with_its_last_instance()
            throws Exception {
        String image = "drove-executor-test:" + UUID.randomUUID();
        TestImage.alsoCalled(image);
        images.add(image);
        startExecutor(options(TestImage.SOCKET, false, new ExecutorConfig.User("3456", null)));
        leader.awaitSession();

        InstanceId first = start(plain(image));
        InstanceId second = start(plain(image));
        leader.await(first, InstanceState.HEALTHY);
        leader.await(second, InstanceState.HEALTHY);
        assertThat(inside(first, "id -u")).isEqualTo("0 3456\n");

        leader.say(new ToExecutor.Stop(leader.nextOrder(), 3, first, "test"));
        leader.await(first, InstanceState.STOPPED);
        assertThat(engine.hasImage(image)).isTrue();
        leader.say(new ToExecutor.Stop(leader.nextOrder(), 3, second, "test"));
        leader.await(second, InstanceState.STOPPED);
        Awaitility.await().until(() -> !engine.hasImage(image));
        assertThat(engine.hasImage(TestImage.NAME)).isTrue();
    }

    @Test
    void an_instance_whose_limits_are_not_as_ordered_says_so_and_runs_on() throws Exception {
        try (TappedSocket between = new TappedSocket(data.resolve("tapped.sock"), TestImage.SOCKET, this::loosen)) {
            startExecutor(options(between.path()));
            leader.awaitSession();
            InstanceId id = start(plain(TestImage.NAME));
            leader.await(id, InstanceState.HEALTHY);

            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    leader.await(id, InstanceState.HEALTHY).error())
                            .matches("cpuset is 0,1, wanted [01]; memory limit is 67108864, wanted 33554432"));
            assertThat(metrics()).contains("drove_executor_limits_verified_total{found=\"different\"} 1.0");
        }
    }

    /** Gives a container more than was ordered, after it was made and before it is started. */
    private void loosen(String request) {
        if (!request.matches("POST \\S*/containers/\\S+/start .*")) {
            return;
        }
        try {
            String name = request.replaceAll("\\S+ \\S*/containers/(\\S+)/start .*", "$1");
            TestImage.docker("update", "--cpuset-cpus", "0-1", "--memory", "64m", "--memory-swap", "-1", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AppSpec plain(String image) {
        return asking(
                List.of(),
                List.of(),
                LoggingSpec.DEFAULT,
                List.of(),
                null,
                new CheckMode.Command("true", false),
                image);
    }

    private static AppSpec asking(
            List<MountedVolume> volumes,
            List<ConfigSpec> configs,
            LoggingSpec logging,
            List<DeviceSpec> devices,
            @Nullable UserSpec user,
            CheckMode readiness,
            String image) {
        AppSpec spec = spec(WEB, image, PreShutdownSpec.NONE);
        CheckSpec ready = check(readiness);
        return new AppSpec(
                spec.name(),
                spec.version(),
                spec.executable(),
                spec.exposedPorts(),
                volumes,
                configs,
                spec.type(),
                logging,
                spec.resources(),
                spec.placementPolicy(),
                ready,
                ready,
                spec.tags(),
                spec.env(),
                spec.args(),
                devices,
                spec.exposureSpec(),
                spec.preShutdown(),
                user,
                List.of());
    }
}
