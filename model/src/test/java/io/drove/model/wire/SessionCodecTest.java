package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.model.app.AppSpec;
import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames read back as written, stay below their limit, and nothing but frames is understood. */
class SessionCodecTest {
    private static final InstanceId ID = new InstanceId(InstanceId.Kind.APP, 1, 2);

    private final SessionCodec codec = new SessionCodec();

    @Test
    void every_frame_reads_back_as_written() {
        RandomModel random = new RandomModel(new Random(11));
        for (int round = 0; round < 500; round++) {
            Numbered<ToController> up = new Numbered<>(round, random.make(ToController.class));
            assertThat(codec.readToController(codec.writeToController(up))).isEqualTo(up);
            Numbered<ToExecutor> down = new Numbered<>(round, random.make(ToExecutor.class));
            assertThat(codec.readToExecutor(codec.writeToExecutor(down))).isEqualTo(down);
        }
    }

    @Test
    void a_frame_is_compact_text_with_its_number_and_kind() {
        String text = codec.writeToExecutor(new Numbered<>(7, new ToExecutor.Stop(8, 9, ID, "scaled down")));

        assertThat(text)
                .isEqualTo("{\"sequence\":7,\"frame\":{\"t\":\"Stop\",\"order\":8,\"epoch\":9,"
                        + "\"instance\":\"AI-00000000-0000-0001-0000-000000000002\",\"reason\":\"scaled down\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"sequence\":1}",
                "{\"sequence\":1,\"frame\":null}",
                "{\"frame\":{\"t\":\"Heartbeat\"}}",
                "{\"sequence\":1,\"frame\":{\"t\":\"Shutdown\"}}",
                "{\"sequence\":1,\"frame\":{\"t\":\"java.lang.Runtime\"}}",
                "{\"sequence\":1,\"frame\":{\"t\":\"Heartbeat\"},\"x\":1}",
                "{\"sequence\":1,\"frame\":{\"t\":\"Heartbeat\"}} {}",
                "{\"sequence\":1,\"frame\":{\"t\":\"Leaving\"}}"
            })
    void what_is_no_frame_is_refused(String text) {
        assertThatThrownBy(() -> codec.readToController(text)).isInstanceOf(FrameException.class);
    }

    @Test
    void a_frame_beyond_the_limit_is_refused_unless_it_carries_a_spec() {
        String reason = "x".repeat(SessionProtocol.FRAME_BYTES_MAX);
        String stop = codec.writeToExecutor(new Numbered<>(1, new ToExecutor.Stop(1, 1, ID, reason)));
        String leaving = codec.writeToController(new Numbered<>(1, new ToController.Leaving(reason)));
        AppSpec spec = new RandomModel(new Random(1)).make(AppSpec.class);
        List<String> args =
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();
        Numbered<ToExecutor> large = new Numbered<>(1, new ToExecutor.Spec("d", withArgs(spec, args)));

        assertThatThrownBy(() -> codec.readToExecutor(stop)).isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> codec.readToController(leaving)).isInstanceOf(FrameException.class);
        assertThat(codec.readToExecutor(codec.writeToExecutor(large))).isEqualTo(large);
    }

    @Test
    void a_long_snapshot_is_cut_into_frames_below_the_limit_that_hold_it_all_in_order() {
        List<InstanceReport> reports =
                IntStream.range(0, 3000).mapToObj(SessionCodecTest::report).toList();

        List<ToController.Snapshot> frames = codec.snapshots(reports);

        assertThat(frames).hasSizeGreaterThan(1);
        assertThat(frames.stream().flatMap(frame -> frame.instances().stream())).isEqualTo(reports);
        assertThat(frames.stream().filter(ToController.Snapshot::last)).hasSize(1);
        assertThat(frames.getLast().last()).isTrue();
        assertFit(new ArrayList<>(frames));
        assertThat(codec.snapshots(List.of())).containsExactly(new ToController.Snapshot(List.of(), true));
    }

    @Test
    void long_changes_are_cut_into_frames_below_the_limit_that_hold_it_all_in_order() {
        List<InstanceReport> reports =
                IntStream.range(0, 1000).mapToObj(SessionCodecTest::report).toList();
        List<Long> received =
                LongStream.range(0, 10_000).map(n -> Long.MAX_VALUE - n).boxed().toList();

        List<ToController.Changes> frames = codec.changes(reports, received);

        assertThat(frames.stream().flatMap(frame -> frame.instances().stream())).isEqualTo(reports);
        assertThat(frames.stream().flatMap(frame -> frame.received().stream())).isEqualTo(received);
        assertFit(new ArrayList<>(frames));
        assertThat(codec.changes(List.of(), List.of())).isEmpty();
        assertThat(codec.changes(List.of(), List.of(4L)))
                .containsExactly(new ToController.Changes(List.of(), List.of(4L)));
    }

    @Test
    void an_error_with_half_a_surrogate_pair_travels_as_utf_8_can_carry_it() {
        String cutInTheMiddle = "x".repeat(SessionCodec.ERROR_CHARACTERS_MAX - 1) + "\ud83d\ude00";
        InstanceReport report =
                new InstanceReport(ID, AppId.of("web", "1"), InstanceState.STOPPED, List.of(), "said \ud800", 1);
        InstanceReport longer =
                new InstanceReport(ID, AppId.of("web", "1"), InstanceState.STOPPED, List.of(), cutInTheMiddle, 1);

        String frame = codec.writeToController(
                new Numbered<>(1, codec.snapshots(List.of(report, longer)).getFirst()));

        assertThat(UTF_8.newEncoder().canEncode(frame)).isTrue();
        assertThat(frame).contains("said ?").contains("xx\"").doesNotContain("x?");
    }

    @Test
    void an_endless_error_does_not_burst_a_frame() {
        List<PortBinding> ports = IntStream.range(0, 100)
                .mapToObj(i -> new PortBinding("p".repeat(125) + i, 65_535, 65_535, PortType.HTTPS))
                .toList();
        InstanceReport report = new InstanceReport(
                ID, new AppId("a".repeat(257)), InstanceState.STOPPED, ports, "\u0001".repeat(1_000_000), 1);

        List<ToController.Snapshot> frames = codec.snapshots(List.of(report, report));

        assertFit(new ArrayList<>(frames));
        assertThat(frames.getFirst().instances().getFirst().error()).hasSize(SessionCodec.ERROR_CHARACTERS_MAX);
    }

    @Test
    void equal_specs_have_equal_digests_and_other_specs_others() {
        RandomModel random = new RandomModel(new Random(5));
        AppSpec one = random.make(AppSpec.class);
        AppSpec two = random.make(AppSpec.class);

        assertThat(SpecDigest.of(one))
                .isEqualTo(SpecDigest.of(withArgs(one, one.args())))
                .hasSize(32);
        assertThat(SpecDigest.of(one)).isNotEqualTo(SpecDigest.of(two));
        assertThat(SpecDigest.of(withArgs(one, List.of("a", "b"))))
                .isNotEqualTo(SpecDigest.of(withArgs(one, List.of("b", "a"))));
    }

    private void assertFit(List<ToController> frames) {
        for (ToController frame : frames) {
            String text = codec.writeToController(new Numbered<>(Long.MAX_VALUE, frame));
            assertThat(text.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(SessionProtocol.FRAME_BYTES_MAX);
        }
    }

    private static InstanceReport report(int number) {
        return new InstanceReport(
                new InstanceId(InstanceId.Kind.APP, number, number),
                new AppId("SHOP-" + number % 10),
                InstanceState.HEALTHY,
                List.of(new PortBinding("main", 8000, 20_000 + number, PortType.HTTP)),
                number % 7 == 0 ? "ß".repeat(number) : "",
                number);
    }

    private static AppSpec withArgs(AppSpec spec, List<String> args) {
        return new AppSpec(
                spec.name(),
                spec.version(),
                spec.executable(),
                spec.exposedPorts(),
                spec.volumes(),
                spec.configs(),
                spec.type(),
                spec.logging(),
                spec.resources(),
                spec.placementPolicy(),
                spec.healthcheck(),
                spec.readiness(),
                spec.tags(),
                spec.env(),
                args,
                spec.devices(),
                spec.exposureSpec(),
                spec.preShutdown(),
                spec.userSpec(),
                List.of());
    }
}
