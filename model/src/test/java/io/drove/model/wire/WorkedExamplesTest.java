package io.drove.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.app.AppOperation;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OpSpec;
import io.drove.model.id.AppId;
import io.drove.model.time.TimeSpan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The worked documents of the reference (appendix A) mean what it says of them. */
class WorkedExamplesTest {
    private static final AppId SHOP = new AppId("SHOP-3");
    private static final OpSpec HOW = new OpSpec(TimeSpan.ofMinutes(5), 2, FailureStrategy.STOP);
    private static final Map<String, AppOperation> OPERATIONS = Map.of(
            "destroy", new AppOperation.Destroy(SHOP, HOW),
            "recover", new AppOperation.Recover(SHOP),
            "replace-instances", new AppOperation.ReplaceInstances(SHOP, List.of(), false, HOW),
            "scale", new AppOperation.Scale(SHOP, 5, HOW),
            "start-instances", new AppOperation.StartInstances(SHOP, 2, HOW),
            "stop-instances",
                    new AppOperation.StopInstances(SHOP, List.of("AI-0b2d4f60-8a1c-4e3b-9c5d-7e6f8091a2b3"), true, HOW),
            "suspend", new AppOperation.Suspend(SHOP, HOW));

    @Test
    void each_operation_is_read_as_what_it_says() {
        Map<String, Decoded<AppOperation>> read = new TreeMap<>();
        for (String name : Golden.names("appendix", ".operation.json")) {
            read.put(
                    name,
                    new UserDocuments(SpecRules.DEFAULT)
                            .operation(Golden.bytes("appendix/" + name + ".operation.json")));
        }

        Map<String, Decoded<AppOperation>> wanted = new TreeMap<>();
        OPERATIONS.forEach((name, operation) -> wanted.put(name, new Decoded.Valid<>(operation, List.of())));
        assertThat(read).isEqualTo(wanted);
    }

    @Test
    void an_instance_is_written_as_it_was_read() {
        JsonNode recorded = Golden.tree("appendix/instance.json");
        String answer = "{\"status\":\"SUCCESS\",\"data\":" + recorded + ",\"message\":\"success\"}";

        Envelope<InstanceInfo> read = ApiJson.read(answer.getBytes(StandardCharsets.UTF_8), InstanceInfo.class);

        assertThat(Golden.JSON.readTree(ApiJson.write(read))).isEqualTo(Golden.JSON.readTree(answer));
    }

    @Test
    void a_page_of_events_is_written_as_it_was_read() {
        byte[] recorded = Golden.bytes("appendix/events-page.json");

        Envelope<EventsPage> read = ApiJson.read(recorded, EventsPage.class);

        assertThat(Golden.JSON.readTree(ApiJson.write(read))).isEqualTo(Golden.JSON.readTree(recorded));
    }
}
