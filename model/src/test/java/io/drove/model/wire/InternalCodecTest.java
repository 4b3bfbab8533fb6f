package io.drove.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.event.DroveEvent;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.Rejection;
import io.drove.model.resource.Allocation;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.smile.SmileMapper;

/** Whatever record the model has reads back as it was written. */
class InternalCodecTest {
    private static final int ROUNDS = 200;

    private final JsonMapper mapper = InternalCodec.json();

    @ParameterizedTest
    @ValueSource(
            classes = {
                AppSpec.class,
                AppOperation.class,
                DroveEvent.class,
                ExecutorInventory.class,
                InstanceReport.class,
                PlacementPolicy.class,
                Rejection.class,
                Allocation.class,
                ToController.class,
                ToExecutor.class
            })
    void random_values_read_back_as_written(Class<?> type) {
        RandomModel random = new RandomModel(new Random(7));
        for (int round = 0; round < ROUNDS; round++) {
            Object value = random.make(type);

            String json = mapper.writerFor(type).writeValueAsString(value);

            assertThat(mapper.readerFor(type).<Object>readValue(json)).as(json).isEqualTo(value);
        }
    }

    @Test
    void another_format_is_written_by_the_same_rules() {
        ObjectMapper smile = InternalCodec.configure(SmileMapper.builder()).build();
        RandomModel random = new RandomModel(new Random(8));
        for (int round = 0; round < ROUNDS; round++) {
            ToExecutor frame = random.make(ToExecutor.class);

            byte[] bytes = smile.writerFor(ToExecutor.class).writeValueAsBytes(frame);

            assertThat(smile.readerFor(ToExecutor.class).<ToExecutor>readValue(bytes))
                    .isEqualTo(frame);
        }
    }

    /** Stands for types of other modules, which this codec has never heard of. */
    sealed interface Fact {
        sealed interface Small extends Fact {}

        record Moved(InstanceId id, Map<AppId, List<Long>> seen) implements Small {}

        record Noted(
                SortedMap<InstanceId, OperationId> by,
                @Nullable String why,
                int[] raw) implements Fact {}

        record Nothing() implements Small {}
    }

    record Batch(long epoch, List<Fact> facts) {}

    @Test
    void sealed_interfaces_of_other_modules_carry_their_simple_name() {
        InstanceId id = new InstanceId(InstanceId.Kind.APP, 1, 2);
        Batch batch = new Batch(
                3,
                List.of(
                        new Fact.Moved(id, Map.of(new AppId("A-1"), List.of(4L))),
                        new Fact.Noted(new TreeMap<>(Map.of(id, new OperationId(5, 6))), null, new int[] {7}),
                        new Fact.Nothing()));

        String json = mapper.writeValueAsString(batch);

        assertThat(json)
                .isEqualTo(
                        "{\"epoch\":3,\"facts\":[{\"t\":\"Moved\",\"id\":\"AI-00000000-0000-0001-0000-000000000002\","
                                + "\"seen\":{\"A-1\":[4]}},{\"t\":\"Noted\",\"by\":{\"AI-00000000-0000-0001-0000-000000000002\":"
                                + "\"OP-00000000-0000-0005-0000-000000000006\"},\"raw\":[7]},{\"t\":\"Nothing\"}]}");
        assertThat(mapper.writeValueAsString(mapper.readValue(json, Batch.class)))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":\"Moved\",\"seen\":{}}",
                "{\"t\":\"Moved\",\"id\":null,\"seen\":{}}",
                "{\"t\":\"Moved\",\"id\":\"AI-nope\",\"seen\":{}}",
                "{\"t\":\"Moved\",\"id\":\"AI-00000000-0000-0001-0000-000000000002\",\"seen\":{},\"more\":1}",
                "{\"t\":\"Lost\"}",
                "{\"id\":\"AI-00000000-0000-0001-0000-000000000002\"}"
            })
    void what_is_missing_null_unknown_or_malformed_is_refused(String json) {
        assertThatThrownBy(() -> mapper.readValue(json, Fact.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void a_missing_collection_is_empty() {
        assertThat(mapper.readValue("{\"epoch\":3}", Batch.class)).isEqualTo(new Batch(3, List.of()));
    }
}
