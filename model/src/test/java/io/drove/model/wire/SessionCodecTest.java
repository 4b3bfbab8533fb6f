package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.model.app.AppSpec;
import io.drove.model.id.InstanceId;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.smile.SmileMapper;
import tools.jackson.dataformat.smile.SmileWriteFeature;

/** Frames read back as written, stay below their limit, and nothing but frames is understood. */
class SessionCodecTest {
    private static final InstanceId ID = new InstanceId(InstanceId.Kind.APP, 1, 2);

    private static final SmileMapper SMILE = SmileMapper.builder().build();

    private final SessionCodec codec = new SessionCodec();

    @Test
    void every_frame_reads_back_as_written() {
        RandomModel random = new RandomModel(new Random(11));
        for (int round = 0; round < 500; round++) {
            Numbered<ToController> up = new Numbered<>(round, random.make(ToController.class));
            assertThat(codec.readToController(codec.writeToController(up))).containsExactly(up);
            Numbered<ToExecutor> down = new Numbered<>(round, random.make(ToExecutor.class));
            assertThat(codec.readToExecutor(codec.writeToExecutor(down))).containsExactly(down);
        }
    }

    @Test
    void a_frame_is_smile_with_its_number_and_kind() {
        byte[] frame = codec.writeToExecutor(new Numbered<>(7, new ToExecutor.Stop(8, 9, ID, "scaled down")));

        assertThat(SMILE.readTree(frame).toString())
                .isEqualTo("{\"sequence\":7,\"frame\":{\"t\":\"Stop\",\"order\":8,\"epoch\":9,"
                        + "\"instance\":\"AI-00000000-0000-0001-0000-000000000002\",\"reason\":\"scaled down\"}}");
    }

    @Test
    void a_message_carries_frames_in_their_order_up_to_the_limit() {
        SessionMessage message = new SessionMessage();
        List<Numbered<ToExecutor>> sent = new ArrayList<>();
        byte[] next = stop(1);
        while (message.hasRoomFor(next)) {
            message.add(next);
            sent.add(new Numbered<>(sent.size() + 1, stopFrame(sent.size() + 1)));
            next = stop(sent.size() + 1);
        }
        byte[] whole = message.take();

        assertThat(codec.readToExecutor(whole)).isEqualTo(sent);
        assertThat(whole.length)
                .isBetween(SessionProtocol.FRAME_BYTES_MAX - next.length, SessionProtocol.FRAME_BYTES_MAX);
        assertThat(message.isEmpty()).isTrue();
    }

    private static ToExecutor stopFrame(int number) {
        return new ToExecutor.Stop(number, 9, ID, "scaled down");
    }

    private byte[] stop(int number) {
        return codec.writeToExecutor(new Numbered<>(number, stopFrame(number)));
    }

    @Test
    void a_spec_that_comes_again_is_not_read_again() {
        AppSpec spec = new RandomModel(new Random(3)).make(AppSpec.class);
        byte[] first = codec.writeToExecutor(new Numbered<>(1, new ToExecutor.Spec("d", spec)));
        byte[] again = codec.writeToExecutor(new Numbered<>(2, new ToExecutor.Spec("d", spec)));

        assertThat(specIn(again)).isEqualTo(spec).isSameAs(specIn(first));
    }

    @Test
    void an_app_made_anew_is_written_anew() {
        AppSpec spec = new RandomModel(new Random(3)).make(AppSpec.class);
        AppSpec anew = withArgs(spec, List.of("another"));
        codec.writeToExecutor(new Numbered<>(1, new ToExecutor.Spec("d", spec)));

        assertThat(specIn(codec.writeToExecutor(new Numbered<>(2, new ToExecutor.Spec("e", anew)))))
                .isEqualTo(anew);
    }

    @Test
    void over_one_connection_a_spec_is_told_by_what_the_one_before_it_has_not() {
        SessionCodec.ToExecutorWriter writer = codec.toExecutorWriter();
        SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
        AppSpec spec = SpecParts.shared(new RandomModel(new Random(3)).make(AppSpec.class));
        SessionMessage message = new SessionMessage();
        List<Numbered<ToExecutor>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Numbered<ToExecutor> next =
                    new Numbered<>(i, new ToExecutor.Spec("d" + i, withArgs(spec, List.of("number " + i))));
            byte[] frame = writer.write(next);
            assertThat(frame.length).isLessThan(i == 0 ? Integer.MAX_VALUE : 200);
            message.add(frame);
            sent.add(next);
        }

        assertThat(reader.read(message.take())).isEqualTo(sent);
    }

    @Test
    void connections_remember_specs_each_by_itself() {
        RandomModel random = new RandomModel(new Random(7));
        List<SessionCodec.ToExecutorWriter> writers = List.of(codec.toExecutorWriter(), codec.toExecutorWriter());
        List<SessionCodec.ToExecutorReader> readers = List.of(codec.toExecutorReader(), codec.toExecutorReader());
        for (int i = 0; i < 300; i++) {
            int connection = i % 3 % 2;
            Numbered<ToExecutor> frame = new Numbered<>(i, random.make(ToExecutor.class));

            assertThat(readers.get(connection).read(writers.get(connection).write(frame)))
                    .containsExactly(frame);
        }
    }

    /** An executor that remembers nothing is sent the whole; and a controller that does not is understood. */
    @Test
    void whole_specs_are_understood_by_who_remembers_and_others_are_refused_by_who_does_not() {
        SessionCodec.ToExecutorWriter writer = codec.toExecutorWriter();
        SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
        AppSpec spec = new RandomModel(new Random(3)).make(AppSpec.class);
        Numbered<ToExecutor> one = new Numbered<>(1, new ToExecutor.Spec("d", spec));
        Numbered<ToExecutor> two = new Numbered<>(2, new ToExecutor.Spec("e", withArgs(spec, List.of("another"))));

        assertThat(reader.read(codec.writeToExecutor(one))).containsExactly(one);
        assertThat(reader.read(codec.writeToExecutor(two))).containsExactly(two);
        assertThat(codec.readToExecutor(writer.write(one))).containsExactly(one);
        byte[] like = writer.write(two);
        assertThatThrownBy(() -> codec.readToExecutor(like))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("like the one before it, and there is none");
        assertThatThrownBy(() -> codec.toExecutorReader().read(like)).isInstanceOf(FrameException.class);
        for (int length = 1; length < like.length; length++) {
            byte[] cut = Arrays.copyOf(like, length);
            assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(FrameException.class);
        }
    }

    @Test
    void half_a_character_silences_nobody() {
        byte[] frame = codec.writeToController(new Numbered<>(1, new ToController.Leaving("cut \ud83d")));

        assertThat(codec.readToController(frame))
                .containsExactly(new Numbered<>(1, new ToController.Leaving("cut \ufffd")));
    }

    private AppSpec specIn(byte[] message) {
        return ((ToExecutor.Spec) codec.readToExecutor(message).getFirst().frame()).spec();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"sequence\":1}",
                "{\"sequence\":1,\"frame\":null}",
                "{\"frame\":{\"t\":\"Heartbeat\"}}",
                "{\"sequence\":1,\"frame\":{\"t\":\"Shutdown\"}}",
                "{\"sequence\":1,\"frame\":{\"t\":\"java.lang.Runtime\"}}",
                "{\"sequence\":1,\"frame\":{\"t\":\"Heartbeat\"},\"x\":1}",
                "{\"sequence\":1,\"frame\":{\"t\":\"Leaving\"}}"
            })
    void what_is_no_frame_is_refused(String json) {
        byte[] smile = SMILE.writeValueAsBytes(Golden.JSON.readTree(json));

        assertThatThrownBy(() -> codec.readToController(smile)).isInstanceOf(FrameException.class);
    }

    @Test
    void what_is_no_message_is_refused() {
        byte[] sound = codec.writeToController(new Numbered<>(1, new ToController.Leaving("bye")));

        assertThatThrownBy(() -> codec.readToController(new byte[0])).isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> codec.readToController("{}".getBytes(UTF_8))).isInstanceOf(FrameException.class);
        for (int length = 1; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> codec.readToController(cut)).isInstanceOf(FrameException.class);
        }
    }

    @Test
    void a_message_beyond_the_limit_is_refused_and_a_spec_may_be_larger() {
        String reason = "x".repeat(SessionProtocol.FRAME_BYTES_MAX);
        byte[] leaving = codec.writeToController(new Numbered<>(1, new ToController.Leaving(reason)));
        byte[] endless = codec.writeToExecutor(
                new Numbered<>(1, new ToExecutor.Stop(1, 1, ID, "x".repeat(SessionCodec.SPEC_MESSAGE_BYTES_MAX))));
        AppSpec spec = new RandomModel(new Random(1)).make(AppSpec.class);
        List<String> args =
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();
        Numbered<ToExecutor> large = new Numbered<>(1, new ToExecutor.Spec("d", withArgs(spec, args)));

        assertThatThrownBy(() -> codec.readToController(leaving)).isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> codec.readToExecutor(endless)).isInstanceOf(FrameException.class);
        assertThat(codec.readToExecutor(codec.writeToExecutor(large))).containsExactly(large);
    }

    /** Which many specs have in common, and so are not written for each. */
    @Test
    void a_spec_is_put_together_of_the_bytes_of_its_fields() {
        ObjectMapper plain = SessionCodec.smile()
                .disable(SmileWriteFeature.CHECK_SHARED_NAMES)
                .build();
        RandomModel model = new RandomModel(new Random(5));
        for (int i = 0; i < 100; i++) {
            AppSpec spec = SpecParts.shared(model.make(AppSpec.class));
            AppSpec alike = withArgs(spec, List.of("number " + i));

            assertThat(SpecBytes.of(spec)).isEqualTo(plain.writeValueAsBytes(spec));
            assertThat(SpecBytes.of(alike)).isEqualTo(plain.writeValueAsBytes(alike));
            assertThat(SpecBytes.read(SpecBytes.of(alike))).isEqualTo(alike);
        }
    }

    /** As they were written by those before us. */
    @Test
    void specs_whose_names_refer_to_names_before_them_are_read() {
        AppSpec spec = new RandomModel(new Random(5)).make(AppSpec.class);

        assertThat(SpecBytes.read(SessionCodec.smile().build().writeValueAsBytes(spec)))
                .isEqualTo(spec);
    }

    @Test
    void equal_specs_have_equal_digests_and_other_specs_others() {
        RandomModel random = new RandomModel(new Random(5));
        AppSpec one = random.make(AppSpec.class);
        AppSpec two = random.make(AppSpec.class);

        assertThat(SpecBytes.digest(one))
                .isEqualTo(SpecBytes.digest(withArgs(one, one.args())))
                .hasSize(32);
        assertThat(SpecBytes.digest(one)).isNotEqualTo(SpecBytes.digest(two));
        assertThat(SpecBytes.digest(withArgs(one, List.of("a", "b"))))
                .isNotEqualTo(SpecBytes.digest(withArgs(one, List.of("b", "a"))));
    }

    /** It is asked for with each of a thousand starts. */
    @Test
    void the_digest_of_a_spec_that_is_too_large_to_be_kept_is_made_once() {
        AppSpec spec =
                withArgs(new RandomModel(new Random(6)).make(AppSpec.class), List.of("x".repeat(Kept.BYTES_MAX)));

        assertThat(SpecBytes.digest(spec)).isSameAs(SpecBytes.digest(spec));
        assertThat(SpecBytes.of(spec)).isEqualTo(SpecBytes.of(spec)).isNotSameAs(SpecBytes.of(spec));
        assertThat(SpecBytes.read(SpecBytes.of(spec))).isEqualTo(spec);
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
