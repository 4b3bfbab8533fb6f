package io.drove.dist.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine that is a directory: its programs write down how they were called. */
class EngineSetupTest {
    private static final String VERSION = "HTTP/1.0 200 OK\r\n\r\n{\"Version\":\"20.10.24\"}";

    @TempDir
    private Path root;

    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void makeDirectories() throws Exception {
        Files.createDirectories(socket().getParent());
    }

    @Test
    void an_engine_that_hangs_is_neither_installed_nor_started_again() throws Exception {
        try (ServerSocketChannel _ = listen(socket())) {
            refusal(setup("root", true)).hasMessageContainingAll("hangs", "restart");
        }
        assertThat(progress).isEmpty();
    }

    @Test
    void an_engine_that_somebody_named_is_not_ours_to_start() throws Exception {
        daemon("exit 9");
        Path named = root.resolve("named.sock");
        Engine engine = new Engine(named, Duration.ofMillis(200), machine("root"));

        refusal(new EngineSetup(engine, machine("root"), root, true, progress::add))
                .hasMessageContainingAll(named.toString(), "DOCKER_HOST");
        assertThat(calls()).isEmpty();
        assertThat(progress).isEmpty();
    }

    @Test
    void an_engine_that_stopped_is_started_in_a_session_of_its_own_and_told_to_leave_containers_alone()
            throws Exception {
        daemon(wakesUp());
        try (ServerSocketChannel asleep = listen(asleep())) {
            EngineTest.answer(asleep, VERSION);

            assertThat(setup("root", true).ensureRunning()).isEqualTo("20.10.24");
        }
        assertThat(calls()).containsExactly("dockerd --live-restore --host unix://" + socket());
        assertThat(progress).containsExactly("Docker is installed but not running: starting it");
    }

    @Test
    void under_systemd_its_service_is_started() throws Exception {
        systemd();
        daemon("exit 9");
        program("/usr/bin/systemctl", wakesUp());
        try (ServerSocketChannel asleep = listen(asleep())) {
            EngineTest.answer(asleep, VERSION);

            assertThat(setup("root", true).ensureRunning()).isEqualTo("20.10.24");
        }
        assertThat(calls()).containsExactly("systemctl start docker");
    }

    @Test
    void an_engine_that_ends_at_once_is_told_with_the_end_of_its_log() throws Exception {
        daemon("echo 'no iptables here'; exit 3");

        refusal(setup("root", true))
                .hasMessageContainingAll(
                        "did not start: it ended with exit code 3",
                        root.resolve("dockerd.log").toString(),
                        "no iptables here");
    }

    @Test
    void a_stopped_engine_is_left_alone_when_nothing_may_be_changed_or_the_user_is_not_root() throws Exception {
        Path daemon = daemon("exit 9");

        refusal(setup("root", false))
                .hasMessageContainingAll(
                        "Docker is installed (" + daemon + ") but not running, and --no-install forbids to start it",
                        "As root: setsid dockerd --live-restore");
        refusal(setup("somebody", true))
                .hasMessageContainingAll("Start it as root: setsid dockerd --live-restore")
                .hasMessageNotContaining("--no-install");
        systemd();
        refusal(setup("root", false)).hasMessageEndingWith("As root: systemctl start docker");
        refusal(setup("somebody", true)).hasMessageEndingWith("Start it as root: systemctl start docker");
        assertThat(calls()).isEmpty();
        assertThat(progress).isEmpty();
    }

    @Test
    void on_debian_as_root_a_missing_engine_is_installed_and_started() throws Exception {
        Path stub = program("/stub", wakesUp());
        debian("""
                case " $* " in
                    *' docker.io '*) echo Setting up docker.io; mkdir -p '%1$s/usr/sbin'; cp '%2$s' '%1$s/usr/sbin/dockerd' ;;
                esac
                """.formatted(root, stub));
        try (ServerSocketChannel asleep = listen(asleep())) {
            EngineTest.answer(asleep, VERSION);

            assertThat(setup("root", true).ensureRunning()).isEqualTo("20.10.24");
        }
        String options = "apt-get -y -q -o Acquire::Retries=5 -o DPkg::Lock::Timeout=300 ";
        assertThat(calls())
                .containsExactly(
                        options + "update",
                        options + "install --no-install-recommends docker.io iptables busybox-static",
                        "dockerd --live-restore --host unix://" + socket());
        assertThat(progress)
                .containsExactly(
                        "Docker is not installed",
                        "installing docker.io iptables busybox-static (log: " + root.resolve("install.log") + ")",
                        "  Setting up docker.io",
                        "Docker is installed but not running: starting it");
    }

    @Test
    void an_installation_that_fails_names_its_log() throws Exception {
        debian("echo 'E: no network'; exit 100");

        refusal(setup("root", true))
                .hasMessageContainingAll(
                        "apt-get update failed", root.resolve("install.log").toString());
        assertThat(root.resolve("install.log")).content().contains("E: no network");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void an_installation_that_brings_no_engine_is_not_taken_for_one() throws Exception {
        debian("");

        refusal(setup("root", true)).hasMessageContaining("Docker was installed but cannot be started");
    }

    @Test
    void what_is_missing_is_said_with_the_command_that_installs_it() throws Exception {
        refusal(setup("root", true))
                .hasMessageContainingAll("Docker is not installed", socket().toString(), "Install Docker Engine 20.10");

        debian("exit 9");
        refusal(setup("root", false))
                .hasMessageContainingAll(
                        "missing on this machine: docker.io iptables busybox-static, and --no-install forbids",
                        "apt-get install -y --no-install-recommends docker.io iptables busybox-static");
        refusal(setup("somebody", true))
                .hasMessageContaining(
                        "Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends docker.io");
        busybox();
        refusal(setup("root", false))
                .hasMessageContaining("missing on this machine: docker.io iptables, and --no-install forbids");
        assertThat(calls()).isEmpty();
    }

    @Test
    void a_static_busybox_is_taken_as_it_is_and_a_missing_one_installed_where_that_is_ours() throws Exception {
        assertThatThrownBy(setup("root", true)::ensureBusybox)
                .isInstanceOf(SetupException.class)
                .hasMessageContainingAll(root.resolve("bin/busybox").toString(), "busybox-static", "--no-sample");
        debian("");
        assertThatThrownBy(setup("root", false)::ensureBusybox)
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("missing on this machine: busybox-static, and --no-install forbids");
        assertThat(calls()).isEmpty();

        assertThat(setup("root", true).ensureBusybox()).isEqualTo(root.resolve("bin/busybox"));
        assertThat(calls()).hasSize(2).last().asString().endsWith(" busybox-static");

        busybox();
        assertThat(setup("root", false).ensureBusybox()).isEqualTo(root.resolve("bin/busybox"));
        assertThat(calls()).isEmpty();
    }

    private Machine machine(String user) {
        return new Machine(root, user);
    }

    private EngineSetup setup(String user, boolean mayInstall) {
        Engine engine = new Engine(socket(), Duration.ofMillis(200), machine(user));
        return new EngineSetup(engine, machine(user), root, mayInstall, progress::add);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refusal(EngineSetup setup) {
        return assertThatThrownBy(setup::ensureRunning).isInstanceOf(SetupException.class);
    }

    private void debian(String apt) throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/debian_version"), "12.5\n");
        program("/usr/bin/apt-get", apt);
    }

    private void systemd() throws Exception {
        Files.createDirectories(root.resolve("run/systemd/system"));
    }

    private void busybox() throws Exception {
        Files.createDirectories(root.resolve("bin"));
        assertThat(ElfHeaderTest.staticProgram(root.resolve("bin/busybox"))
                        .toFile()
                        .setExecutable(true))
                .isTrue();
    }

    private Path daemon(String script) throws Exception {
        return program("/usr/sbin/dockerd", script);
    }

    private Path program(String path, String script) throws Exception {
        Path program = machine("root").at(path);
        Files.createDirectories(program.getParent());
        Files.writeString(
                program, "#!/bin/sh\necho \"${0##*/} $*\" >> '" + root.resolve("calls") + "'\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    /** What was called since this was asked before. */
    private List<String> calls() throws IOException {
        Path calls = root.resolve("calls");
        List<String> lines = Files.exists(calls) ? Files.readAllLines(calls) : List.of();
        Files.deleteIfExists(calls);
        return lines;
    }

    private Path socket() {
        return machine("root").dockerSocket();
    }

    private Path asleep() {
        return root.resolve("asleep.sock");
    }

    /** The script of an engine that comes up: the test listens already, where nobody looks. */
    private String wakesUp() {
        return "mv '" + asleep() + "' '" + socket() + "'";
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }
}
