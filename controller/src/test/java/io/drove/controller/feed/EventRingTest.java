package io.drove.controller.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.ARRAY;

import io.drove.model.event.EventType;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private final EventRing ring = new EventRing(3);

    @Test
    void an_empty_ring_waits_for_event_1() {
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.first()).isEqualTo(1);
        assertThat(ring.last()).isZero();
    }

    @Test
    void an_event_is_found_by_its_number_with_its_times() {
        Draft first = draft();
        Draft second = draft();

        ring.add(first, 10, -5);
        ring.add(second, 20, 7);

        assertThat(ring.isEmpty()).isFalse();
        assertThat(ring.draft(1)).isSameAs(first);
        assertThat(ring.time(1)).isEqualTo(10);
        assertThat(ring.since(1)).isEqualTo(-5);
        assertThat(ring.draft(2)).isSameAs(second);
        assertThat(ring.time(2)).isEqualTo(20);
        assertThat(ring.since(2)).isEqualTo(7);
    }

    @Test
    void the_oldest_make_room_for_the_newest() {
        for (int i = 1; i <= 8; i++) {
            Draft newest = draft();
            ring.add(newest, i, 10L * i);

            assertThat(ring.last()).isEqualTo(i);
            assertThat(ring.first()).isEqualTo(Math.max(1, i - 2));
            assertThat(ring.draft(i)).isSameAs(newest);
        }

        assertThat(ring.time(6)).isEqualTo(6);
        assertThat(ring.since(8)).isEqualTo(80);
    }

    @Test
    void only_the_oldest_is_dropped() {
        add(3);

        ring.dropFirst();

        assertThat(ring.first()).isEqualTo(2);
        assertThat(ring.last()).isEqualTo(3);
        assertThat(ring.time(2)).isEqualTo(2);
    }

    @Test
    void numbers_go_on_after_all_is_cleared() {
        add(5);

        ring.clear();

        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.first()).isEqualTo(6);
        assertThat(ring.last()).isEqualTo(5);
        Draft next = draft();
        ring.add(next, 6, 6);
        assertThat(ring.first()).isEqualTo(6);
        assertThat(ring.draft(6)).isSameAs(next);
    }

    @Test
    void what_is_not_kept_is_refused_with_what_is() {
        add(5);

        for (long number : new long[] {0, 2, 6}) {
            assertThatThrownBy(() -> ring.draft(number))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("event " + number + " is not kept, those from 3 to 5 are");
        }
    }

    @Test
    void what_was_dropped_is_not_held_on_to() {
        add(3);
        assertThat(ring).extracting("drafts").asInstanceOf(ARRAY).doesNotContainNull();

        ring.dropFirst();
        assertThat(ring).extracting("drafts").asInstanceOf(ARRAY).containsOnlyOnce((Object) null);

        ring.clear();
        assertThat(ring).extracting("drafts").asInstanceOf(ARRAY).containsOnlyNulls();
    }

    private void add(int count) {
        for (int i = 1; i <= count; i++) {
            ring.add(draft(), i, i);
        }
    }

    /** Another one each time. */
    private static Draft draft() {
        return new Draft.Written(EventType.EXECUTOR_REMOVED, new TreeMap<>());
    }
}
