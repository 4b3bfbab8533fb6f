package io.drove.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.drove.controller.loop.Unavailable;
import io.drove.core.contract.Reply;
import io.drove.model.app.AppOperation;
import io.drove.model.wire.DocumentLimits;
import io.drove.model.wire.SpecRules;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Several operations in one call: all of the document or nothing of it, then each by itself, and always an answer. */
class BatchedOperationsTest {
    private static final String BATCH = "/apis/v1/applications/operations/batch";
    private static final String OP_SPEC =
            "\"opSpec\":{\"timeout\":\"2m\",\"parallelism\":4,\"failureStrategy\":\"STOP\"}";
    private static final Duration SHORT = Duration.ofMillis(200);

    private ApiServer api = new ApiServer();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void all_are_accepted_in_the_order_asked_with_the_warnings_of_all() {
        HttpResponse<String> answer =
                post(create("B", ""), create("A", "\"colour\":\"red\","), create("C", "\"size\":1,"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode envelope = ApiServer.json(answer);
        assertThat(envelope.path("status").asString()).isEqualTo("SUCCESS");
        assertThat(texts(envelope.path("warnings")))
                .containsExactly(
                        "operations[1].spec.colour is not known and is ignored",
                        "operations[2].spec.size is not known and is ignored");
        List<JsonNode> operations = operations(answer);
        assertThat(operations).extracting(one -> one.path("appId").asString()).containsExactly("B-1", "A-1", "C-1");
        assertThat(operations).allSatisfy(one -> {
            assertThat(one.propertyNames()).containsExactly("appId", "operationId");
            assertThat(api.data("/apis/v1/operations/" + one.path("operationId").asString())
                            .path("appId"))
                    .isEqualTo(one.path("appId"));
        });
    }

    @Test
    void what_is_refused_is_told_beside_what_was_accepted() {
        post(create("B", ""));

        HttpResponse<String> answer = post(create("A", "\"colour\":\"red\","), create("B", ""), create("C", ""));

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode envelope = ApiServer.json(answer);
        assertThat(envelope.path("status").asString()).isEqualTo("FAILED");
        assertThat(envelope.path("message").asString()).isEqualTo("1 of 3 operations were refused, 2 were accepted");
        assertThat(envelope.path("warnings").size()).isEqualTo(1);
        List<JsonNode> operations = operations(answer);
        assertThat(operations).extracting(one -> one.has("operationId")).containsExactly(true, false, true);
        assertThat(operations.get(1).path("appId").asString()).isEqualTo("B-1");
        assertThat(texts(operations.get(1).path("refusals")))
                .singleElement()
                .asString()
                .contains("B-1");
        assertThat(api.data("/apis/v1/applications").propertyNames()).containsExactly("A-1", "B-1", "C-1");
    }

    @Test
    void two_operations_of_one_app_are_taken_in_their_order() {
        String destroy = "{\"type\":\"DESTROY\",\"appId\":\"A-1\"," + OP_SPEC + "}";

        HttpResponse<String> answer = post(destroy, create("A", ""), create("A", ""));

        assertThat(operations(answer)).extracting(one -> one.has("operationId")).containsExactly(false, true, false);
        assertThat(ApiServer.json(answer).path("message").asString())
                .isEqualTo("2 of 3 operations were refused, 1 were accepted");
    }

    @Test
    void one_problem_anywhere_and_nothing_is_done() {
        HttpResponse<String> answer = post(create("A", ""), create("my shop", ""), "{\"type\":\"SUSPEND\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(texts(ApiServer.json(answer).path("data").path("validationErrors")))
                .containsExactly(
                        "operations[1].spec.name - Only characters, numbers, hyphen and underscore is allowed (found"
                                + " \"my shop\")",
                        "operations[2].appId must not be empty",
                        "operations[2].opSpec must not be null");
        assertThat(api.cluster.asked).isEmpty();
    }

    @Test
    void a_batch_may_be_larger_than_any_other_document_and_has_its_limit() {
        String large = create("A", "\"tags\":{\"text\":\"" + "x".repeat(4_000) + "\"},");

        assertThat(post(IntStream.range(0, 1_000)
                                .mapToObj(i -> large.replace("\"A\"", "\"A" + i + "\""))
                                .toArray(String[]::new))
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(IntStream.range(0, 1_001).mapToObj(_ -> large).toArray(String[]::new))
                        .body())
                .contains("operations size must be between 0 and 1000");
        assertThat(api.post(BATCH, "x".repeat((16 << 20) + 1)).statusCode()).isEqualTo(413);
        assertThat(api.post("/apis/v1/applications/operations", "x".repeat((1 << 20) + 1))
                        .body())
                .contains("larger than 1048576 bytes");
        assertThat(api.cluster.published().durable().apps().size()).isEqualTo(1_000);
    }

    @Test
    void who_does_not_lead_or_stops_to_before_anything_was_done_answers_as_always() {
        api.cluster.leads = false;
        HttpResponse<String> follower = post(create("A", ""));
        api.cluster.leads = true;
        api.cluster.isInstead = true;
        api.cluster.instead = CompletableFuture.failedStage(new Unavailable(Unavailable.Reason.NOT_LEADING));
        HttpResponse<String> former = post(create("A", ""), create("B", ""));
        api.cluster.instead = CompletableFuture.completedStage(
                Reply.Refused.because(Reply.RefusalCode.NOT_LEADING, "this controller does not lead"));
        HttpResponse<String> refusing = post(create("A", ""));

        assertThat(List.of(follower, former, refusing)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo("{\"status\":\"FAILED\",\"message\":\"This node is not the leader controller\"}");
        });
    }

    @Test
    void leadership_that_is_lost_on_the_way_does_not_look_like_a_follower_s_answer() {
        replyTo("B", Unavailable.Reason.NOT_LEADING);

        HttpResponse<String> answer = post(create("A", ""), create("B", ""));

        // Clients send again what a follower did not take.
        assertThat(answer.body()).doesNotContain("This node is not the leader controller");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(operations(answer).getLast().path("refusals").toString()).contains("ask the leader");
    }

    @Test
    void what_is_not_known_is_told_apart_from_what_is_not_done() {
        replyTo("B", Unavailable.Reason.OUTCOME_UNKNOWN);
        HttpResponse<String> unknown = post(create("A", ""), create("B", ""), create("A", ""));
        replyTo("D", Unavailable.Reason.BUSY);
        HttpResponse<String> busy = post(create("C", ""), create("D", ""));
        replyTo("F", Unavailable.Reason.BROKEN);
        HttpResponse<String> broken = post(create("E", ""), create("F", ""));

        assertThat(unknown.statusCode()).isEqualTo(500);
        assertThat(ApiServer.json(unknown).path("message").asString())
                .isEqualTo("1 of 3 operations were refused, 1 were accepted, and of 1 it is not known");
        assertThat(operations(unknown).get(1).path("unknown").asString())
                .isEqualTo("CREATE on B-1 was handed over, but whether it took effect is not known. Look at GET"
                        + " /apis/v1/applications/B-1/operations before you ask again");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(operations(busy).getLast().path("refusals").toString()).contains("ask again in a moment");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(operations(broken).getLast().has("unknown")).isFalse();
    }

    @Test
    void all_of_them_share_one_deadline_and_a_window_and_the_rest_is_not_begun() {
        restart(SHORT);
        api.cluster.isInstead = true;
        api.cluster.instead = new CompletableFuture<>();
        long begun = System.nanoTime();

        HttpResponse<String> answer =
                post(IntStream.range(0, 300).mapToObj(i -> create("A" + i, "")).toArray(String[]::new));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(SHORT, SHORT.multipliedBy(40));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(api.cluster.asked)
                .extracting(AppOperation::appId)
                .hasSize(BatchedOperations.UNDER_WAY_MAX)
                .doesNotHaveDuplicates();
        List<JsonNode> operations = operations(answer);
        assertThat(operations).hasSize(300);
        assertThat(operations.subList(0, BatchedOperations.UNDER_WAY_MAX)).allMatch(one -> one.has("unknown"));
        assertThat(operations.subList(BatchedOperations.UNDER_WAY_MAX, 300))
                .allMatch(one -> one.path("refusals").toString().contains("not begun"));
    }

    @Test
    void nothing_more_is_begun_after_one_that_the_controller_was_too_busy_for() {
        replyTo("B", Unavailable.Reason.BUSY);

        HttpResponse<String> answer = post(create("A", ""), create("B", ""), create("C", ""), create("D", ""));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(api.cluster.asked).hasSize(2);
        assertThat(operations(answer)).hasSize(4);
        assertThat(operations(answer).subList(2, 4))
                .allMatch(one -> one.path("refusals").toString().contains("so it was not begun"));
    }

    @Test
    void an_operation_is_at_most_as_large_as_one_that_is_posted_alone() {
        String large = create("A", "\"tags\":{\"text\":\"" + "x".repeat(DocumentLimits.OPERATION_BYTES_MAX) + "\"},");

        HttpResponse<String> answer = post(create("B", ""), large);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("operations[1] is larger than an operation may be (found ", ", allowed 1048576 bytes)");
        assertThat(api.post("/apis/v1/applications/operations", large).body())
                .contains("larger than " + DocumentLimits.OPERATION_BYTES_MAX + " bytes");
        assertThat(api.cluster.asked).isEmpty();
    }

    @Test
    void a_batch_that_ends_without_an_answer_is_in_the_audit_log() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger audit = (Logger) LoggerFactory.getLogger("ACCESS_AUDIT");
        lines.start();
        audit.addAppender(lines);
        api.cluster.isInstead = true;
        api.cluster.isOfThese = _ -> {
            throw new IllegalStateException("planted");
        };

        try {
            post(create("A", ""));
        } finally {
            audit.detachAppender(lines);
        }

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("request user=admin method=POST path=" + BATCH + " status=unanswered");
    }

    @Test
    void what_was_answered_before_the_deadline_counts_although_another_was_not() {
        restart(SHORT);
        api.cluster.isInstead = true;
        api.cluster.instead = new CompletableFuture<>();
        api.cluster.isOfThese = app -> app.toString().equals("A-1");

        List<JsonNode> operations = operations(post(create("A", ""), create("B", "")));

        assertThat(operations.getFirst().has("unknown")).isTrue();
        assertThat(operations.getLast().has("operationId")).isTrue();
    }

    private void restart(Duration replyTimeout) {
        api.close();
        api = new ApiServer(new ApiSettings(
                "localhost:4000",
                ApiServer.users(),
                ApiServer.SECRET,
                SpecRules.DEFAULT,
                false,
                Set.of("POST"),
                replyTimeout,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));
    }

    /** Questions about that app get this from now on, all others a decision. */
    private void replyTo(String name, Unavailable.Reason reason) {
        api.cluster.isInstead = true;
        api.cluster.instead = CompletableFuture.failedStage(new Unavailable(reason));
        api.cluster.isOfThese = app -> app.toString().equals(name + "-1");
    }

    private HttpResponse<String> post(String... operations) {
        return api.post(BATCH, "{\"operations\":[" + String.join(",", operations) + "]}");
    }

    private static List<JsonNode> operations(HttpResponse<String> answer) {
        return ApiServer.json(answer)
                .path("data")
                .path("operations")
                .valueStream()
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.toList());
    }

    private static String create(String name, String more) {
        return ApplicationsTest.create(name, 0, more);
    }
}
