package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.model.app.AppSpec;
import io.drove.model.id.InstanceId;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
    void over_one_connection_a_spec_is_told_by_its_difference_from_the_one_before() {
        SessionCodec.ToExecutorWriter writer = codec.toExecutorWriter();
        SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
        AppSpec spec = SpecParts.shared(new RandomModel(new Random(3)).make(AppSpec.class));
        SessionMessage message = new SessionMessage();
        List<Numbered<ToExecutor>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Numbered<ToExecutor> next = spec(i, withArgs(spec, List.of("number " + i)));
            byte[] frame = writer.write(next);
            assertThat(frame.length).isLessThan(i == 0 ? Integer.MAX_VALUE : 200);
            message.add(frame);
            sent.add(next);
        }

        assertThat(reader.read(message.take())).isEqualTo(sent);
    }

    /** As each of a thousand executors is sent the specs of the same apps. */
    @Test
    void whom_a_spec_is_sent_to_after_others_gets_the_whole_which_is_written_and_read_once() {
        AppSpec first = SpecParts.shared(new RandomModel(new Random(31)).make(AppSpec.class));
        AppSpec second = named(first, "second", "1");
        List<Integer> sizes = new ArrayList<>();
        List<AppSpec> read = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SessionCodec.ToExecutorWriter writer = codec.toExecutorWriter();
            SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
            reader.read(writer.write(spec(1, first)));
            byte[] frame = writer.write(spec(2, second));
            sizes.add(frame.length);
            read.add(specIn(reader.read(frame)));
        }

        assertThat(sizes.getFirst()).isLessThan(200);
        assertThat(sizes.subList(1, 4)).allMatch(size -> size > 500);
        assertThat(read).allMatch(second::equals);
        assertThat(read.get(2)).isSameAs(read.get(1));
    }

    @Test
    void connections_remember_specs_each_by_itself() {
        RandomModel random = new RandomModel(new Random(7));
        List<AppSpec> specs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            AppSpec one = SpecParts.shared(random.make(AppSpec.class));
            specs.addAll(List.of(one, withArgs(one, List.of("number " + i)), withArgs(one, List.of("and " + i))));
        }
        List<SessionCodec.ToExecutorWriter> writers = List.of(codec.toExecutorWriter(), codec.toExecutorWriter());
        List<List<byte[]>> written = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<Numbered<ToExecutor>>> sent = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < specs.size(); i++) {
            int connection = i % 5 % 2;
            Numbered<ToExecutor> frame = spec(i, specs.get(i));
            sent.get(connection).add(frame);
            written.get(connection).add(writers.get(connection).write(frame));
        }
        List<SessionCodec.ToExecutorReader> readers = List.of(codec.toExecutorReader(), codec.toExecutorReader());
        List<List<Numbered<ToExecutor>>> read = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < specs.size(); i++) {
            for (int connection = 0; connection < 2; connection++) {
                if (i < written.get(connection).size()) {
                    read.get(connection)
                            .addAll(readers.get(connection)
                                    .read(written.get(connection).get(i)));
                }
            }
        }

        assertThat(read).isEqualTo(sent);
    }

    /** Of the last spec of each of thousands of connections, if its app is gone. */
    @Test
    void who_writes_keeps_no_spec_alive_and_sends_the_whole_then() {
        SessionCodec.ToExecutorWriter writer = codec.toExecutorWriter();
        SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
        AppSpec next = SpecParts.shared(new RandomModel(new Random(41)).make(AppSpec.class));
        List<WeakReference<AppSpec>> gone = new ArrayList<>();
        // What was known of so many others since is forgotten, too.
        for (int i = 0; i < 2_000; i++) {
            AppSpec spec = new RandomModel(new Random(i)).make(AppSpec.class);
            gone.add(new WeakReference<>(spec));
            reader.read(
                    i == 0
                            ? writer.write(spec(1, spec))
                            : codec.toExecutorWriter().write(spec(1, spec)));
        }
        for (int i = 0; i < 100 && !gone.getFirst().refersTo(null); i++) {
            System.gc();
        }
        assertThat(gone.getFirst().refersTo(null)).isTrue();

        byte[] frame = writer.write(spec(2, next));
        assertThat(specIn(codec.readToExecutor(frame))).isEqualTo(next);
        assertThat(specIn(reader.read(frame))).isEqualTo(next);
    }

    @Test
    void who_remembers_specs_understands_whole_ones() {
        SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
        AppSpec spec = new RandomModel(new Random(3)).make(AppSpec.class);
        AppSpec another = withArgs(spec, List.of("another"));

        assertThat(specIn(reader.read(codec.writeToExecutor(spec(1, spec))))).isEqualTo(spec);
        assertThat(specIn(reader.read(codec.writeToExecutor(spec(2, another))))).isEqualTo(another);
    }

    @Test
    void a_difference_is_refused_by_who_does_not_remember_the_spec_before_and_when_it_is_cut() {
        SessionCodec.ToExecutorWriter writer = codec.toExecutorWriter();
        SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
        AppSpec spec = new RandomModel(new Random(3)).make(AppSpec.class);
        reader.read(writer.write(spec(1, spec)));
        byte[] difference = writer.write(spec(2, withArgs(spec, List.of("another"))));

        for (SessionCodec.ToExecutorReader other :
                List.<SessionCodec.ToExecutorReader>of(codec::readToExecutor, codec.toExecutorReader())) {
            assertThatThrownBy(() -> other.read(difference))
                    .isInstanceOf(FrameException.class)
                    .hasMessageContaining("difference from the one before it, and there is none");
        }
        for (int length = 1; length < difference.length; length++) {
            byte[] cut = Arrays.copyOf(difference, length);
            assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(FrameException.class);
        }
    }

    private static Numbered<ToExecutor> spec(int number, AppSpec spec) {
        return new Numbered<>(number, new ToExecutor.Spec("d" + number, spec));
    }

    @Test
    void half_a_character_silences_nobody() {
        byte[] frame = codec.writeToController(new Numbered<>(1, new ToController.Leaving("cut \ud83d")));

        assertThat(codec.readToController(frame))
                .containsExactly(new Numbered<>(1, new ToController.Leaving("cut \ufffd")));
    }

    private AppSpec specIn(byte[] message) {
        return specIn(codec.readToExecutor(message));
    }

    private static AppSpec specIn(List<Numbered<ToExecutor>> frames) {
        return ((ToExecutor.Spec) frames.getFirst().frame()).spec();
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

            assertThat(SpecBytes.written(spec, null)).isEqualTo(plain.writeValueAsBytes(spec));
            assertThat(SpecBytes.written(alike, null)).isEqualTo(plain.writeValueAsBytes(alike));
            assertThat(SpecBytes.read(SpecBytes.written(alike, null), null)).isEqualTo(alike);
        }
    }

    /** As they were written by those before us. */
    @Test
    void specs_whose_names_refer_to_names_before_them_are_read() {
        AppSpec spec = new RandomModel(new Random(5)).make(AppSpec.class);

        assertThat(SpecBytes.read(SessionCodec.smile().build().writeValueAsBytes(spec), null))
                .isEqualTo(spec);
    }

    @Test
    void equal_specs_have_equal_digests() {
        for (int i = 0; i < 100; i++) {
            AppSpec one = new RandomModel(new Random(i)).make(AppSpec.class);
            AppSpec other = new RandomModel(new Random(i)).make(AppSpec.class);

            assertThat(SpecBytes.digest(one)).hasSize(32).isEqualTo(SpecBytes.digest(other));
        }
    }

    @Test
    void specs_that_differ_in_any_field_have_different_digests() throws ReflectiveOperationException {
        RandomModel random = new RandomModel(new Random(5));
        for (int i = 0; i < 30; i++) {
            AppSpec one = random.make(AppSpec.class);
            AppSpec other = random.make(AppSpec.class);
            List<SpecBytes.Field> fields = SpecBytes.FIELDS;
            for (int changed = 0; changed < fields.size(); changed++) {
                @Nullable Object[] values = new @Nullable Object[fields.size()];
                for (int j = 0; j < values.length; j++) {
                    values[j] = fields.get(j).value(j == changed ? other : one);
                }
                AppSpec mixed = SpecBytes.CONSTRUCTOR.newInstance(values);

                assertThat(SpecBytes.digest(mixed).equals(SpecBytes.digest(one)))
                        .as("%s of %s", fields.get(changed).name(), mixed)
                        .isEqualTo(mixed.equals(one));
            }
        }
    }

    @Test
    void the_digest_of_a_spec_tells_where_one_text_ends_and_the_next_begins() {
        AppSpec spec = new RandomModel(new Random(5)).make(AppSpec.class);

        assertThat(SpecBytes.digest(named(spec, "ab", "c"))).isNotEqualTo(SpecBytes.digest(named(spec, "a", "bc")));
    }

    /** It is asked for with each of a thousand starts. */
    @Test
    void the_digest_of_a_spec_that_is_too_large_to_be_kept_is_made_once() {
        AppSpec spec =
                withArgs(new RandomModel(new Random(6)).make(AppSpec.class), List.of("x".repeat(Kept.BYTES_MAX)));

        assertThat(SpecBytes.digest(spec)).isSameAs(SpecBytes.digest(spec));
    }

    @Test
    void a_spec_that_is_too_large_to_be_kept_goes_by_its_difference_however_often_it_is_sent() {
        AppSpec before = new RandomModel(new Random(6)).make(AppSpec.class);
        AppSpec spec = with(before, "large", "1", List.of("x".repeat(Kept.BYTES_MAX)));
        AppSpec after = named(before, "small", "1");
        SpecBytes.sent(spec, null);
        SpecBytes.sent(after, null);

        assertThat(SpecBytes.sent(spec, before).isDifference()).isTrue();
        assertThat(SpecBytes.sent(after, before).isDifference()).isFalse();
        assertThat(SpecBytes.read(SpecBytes.sent(spec, before).bytes(), before)).isEqualTo(spec);
    }

    private static AppSpec withArgs(AppSpec spec, List<String> args) {
        return with(spec, spec.name(), spec.version(), args);
    }

    private static AppSpec named(AppSpec spec, String name, String version) {
        return with(spec, name, version, spec.args());
    }

    private static AppSpec with(AppSpec spec, String name, String version, List<String> args) {
        return new AppSpec(
                name,
                version,
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
