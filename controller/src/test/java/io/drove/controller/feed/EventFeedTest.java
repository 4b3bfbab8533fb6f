package io.drove.controller.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.contract.Happening;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Limits;
import io.drove.model.event.DroveEvent;
import io.drove.model.event.EventType;
import io.drove.model.id.ExecutorId;
import io.drove.model.wire.EventsPage;
import io.drove.model.wire.EventsSummary;
import io.drove.platform.id.Seed;
import io.drove.platform.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private static final long NOON = 1_795_000_000_000L;
    private static final ClusterState STATE = ClusterState.empty(Limits.DEFAULT);

    private long wall = NOON;
    private long nanos;
    private long seeds;
    private final EventFeed feed = new EventFeed(
            "c1",
            () -> new Moment(nanos, wall),
            () -> new Seed(++seeds, seeds),
            new FeedLimits(Duration.ofMinutes(60), 10, 5));

    @Test
    void who_polls_misses_nothing_even_within_one_millisecond() {
        List<String> told = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        long next = 0;
        for (int i = 0; i < 200; i++) {
            told.add("e" + i);
            happen("e" + i);
            if (i % 3 == 0) {
                EventsPage page = feed.latest(next, 1_000);
                List<String> news = executors(page.events());
                Collections.reverse(news);
                seen.addAll(news);
                next = page.lastSyncTime();
            }
            wall += i % 7 == 0 ? 1 : 0;
        }
        List<String> last = executors(feed.latest(next, 1_000).events());
        Collections.reverse(last);
        seen.addAll(last);

        assertThat(seen).isEqualTo(told);
    }

    @Test
    void nothing_new_is_nothing_and_the_same_time_again() {
        happen("a");
        long time = feed.latest(0, 10).lastSyncTime();

        assertThat(feed.latest(time, 10)).isEqualTo(new EventsPage(List.of(), time));
        assertThat(feed.summary(time).eventsCount()).isEmpty();
        assertThat(feed.summary(0).eventsCount()).containsEntry(EventType.EXECUTOR_REMOVED, 1L);
        assertThat(feed.latest(wall + 500, 10).events()).isEmpty();
    }

    @Test
    void an_empty_feed_echoes_the_caller_s_time() {
        assertThat(feed.latest(42, 10)).isEqualTo(new EventsPage(List.of(), 42));
        assertThat(feed.summary(42).lastSyncTime()).isEqualTo(42);
    }

    @Test
    void the_newest_come_first_and_a_page_drops_the_oldest() {
        for (String executor : List.of("a", "b", "c")) {
            wall++;
            happen(executor);
        }

        EventsPage page = feed.latest(0, 2);

        assertThat(executors(page.events())).containsExactly("c", "b");
        assertThat(page.lastSyncTime()).isEqualTo(NOON + 3);
    }

    @Test
    void what_there_is_no_event_for_moves_no_time() {
        happen("a");
        wall += 5;

        feed.publish(STATE, List.of(new Happening.Alarm("disk is full")), wall);

        assertThat(feed.latest(0, 10).lastSyncTime()).isEqualTo(NOON);
        assertThat(feed.summary(NOON)).isEqualTo(new EventsSummary(new TreeMap<>(), NOON));
        wall += 5;
        happen("b");
        assertThat(feed.latest(NOON, 10).lastSyncTime()).isEqualTo(NOON + 10);
    }

    @Test
    void a_clock_that_is_set_back_hides_nothing() {
        happen("a");
        long time = feed.latest(0, 10).lastSyncTime();
        wall -= 3_600_000;
        happen("b");

        assertThat(executors(feed.latest(time, 10).events())).containsExactly("b");
    }

    @Test
    void a_time_of_a_leader_whose_clock_was_ahead_gets_everything() {
        happen("a");

        assertThat(executors(feed.latest(wall + 60_000, 10).events())).containsExactly("a");
    }

    @Test
    void the_feed_is_bounded_by_count_and_by_time() {
        IntStream.range(0, 15).forEach(i -> happen("e" + i));
        assertThat(feed.latest(0, 100).events()).hasSize(10);
        assertThat(executors(feed.latest(0, 100).events()).getLast()).isEqualTo("e5");

        nanos += Duration.ofMinutes(61).toNanos();

        assertThat(feed.latest(0, 100).events()).isEmpty();
        assertThat(feed.latest(0, 100).lastSyncTime()).isEqualTo(NOON);
    }

    @Test
    void a_new_leadership_starts_empty_and_says_whose_it_is() {
        happen("a");
        feed.publish(STATE, List.of(new Happening.LeadershipAcquired(2)), wall);

        List<DroveEvent> events = feed.latest(0, 10).events();

        assertThat(events).hasSize(1);
        assertThat(events.getFirst().type()).isEqualTo(EventType.LEADERSHIP_ACQUIRED);
        assertThat(events.getFirst().metadata()).containsExactly(java.util.Map.entry("HOSTNAME", "c1"));
    }

    @Test
    void an_event_keeps_its_id_and_no_other_has_it() {
        IntStream.range(0, 5).forEach(i -> happen("e" + i));

        List<String> ids = ids(feed.latest(0, 10));

        assertThat(ids)
                .doesNotHaveDuplicates()
                .hasSize(5)
                .allMatch(id -> UUID.fromString(id).version() == 4);
        assertThat(ids(feed.latest(0, 10))).isEqualTo(ids);
    }

    private static List<String> ids(EventsPage page) {
        return page.events().stream().map(DroveEvent::id).toList();
    }

    private void happen(String executor) {
        feed.publish(STATE, List.of(new Happening.ExecutorRemoved(new ExecutorId(executor))), wall);
    }

    private static List<String> executors(List<DroveEvent> events) {
        return new ArrayList<>(events.stream()
                .map(event -> String.valueOf(event.metadata().get("EXECUTOR_ID")))
                .toList());
    }
}
