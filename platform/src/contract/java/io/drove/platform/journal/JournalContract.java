package io.drove.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every journal with one peer does. An adapter's test extends it and says how to open one. */
@Timeout(60)
abstract class JournalContract {
    @SuppressWarnings("NullAway.Init") // set before each test
    private Journal journal;

    private RecordingMachine machine = new RecordingMachine();
    private long term;

    /** A journal on the storage of this test, not started; the same storage each time. */
    abstract Journal open();

    @BeforeEach
    void start() throws InterruptedException {
        journal = open();
        machine = new RecordingMachine();
        journal.start(machine, machine);
        term = machine.awaitLeading();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void a_batch_is_applied_when_its_append_completes() {
        long first = done(append("a"));
        long second = done(append("b"));

        assertThat(second).isGreaterThan(first);
        assertThat(machine.batches()).containsExactly("a", "b");
    }

    @Test
    void batches_in_flight_keep_their_order() {
        List<String> expected = appendMany(5_000);

        assertThat(machine.batches()).isEqualTo(expected);
    }

    @Test
    void a_restart_recovers_every_acknowledged_batch_and_leads_a_later_term() throws InterruptedException {
        List<String> expected = appendMany(500);
        long before = term;

        restart();

        assertThat(machine.batches()).isEqualTo(expected);
        assertThat(term).isGreaterThan(before);
        done(append("more"));
        assertThat(machine.batches()).hasSize(501);
    }

    @Test
    void leadership_is_reported_only_after_everything_committed_was_applied() throws InterruptedException {
        appendMany(500);

        restart();

        assertThat(machine.whenLeading()).isEqualTo(500);
    }

    @Test
    void a_restart_begins_at_the_snapshot_and_replays_what_came_after() throws InterruptedException {
        List<String> expected = new ArrayList<>(appendMany(100));
        long covered = done(journal.snapshot());
        done(append("after"));
        expected.add("after");

        restart();

        assertThat(machine.restoredFrom()).isEqualTo(covered);
        assertThat(machine.batches()).isEqualTo(expected);
    }

    @Test
    void a_snapshot_of_nothing_new_covers_the_same() {
        done(append("a"));

        assertThat(done(journal.snapshot())).isEqualTo(done(journal.snapshot()));
    }

    @Test
    void a_batch_of_an_old_term_is_refused() throws InterruptedException {
        long old = term;
        restart();

        assertThat(failureOf(journal.append(old, bytes("late"))).outcome())
                .isEqualTo(JournalException.Outcome.NOT_APPENDED);
        assertThat(failureOf(journal.append(term + 1, bytes("early"))).outcome())
                .isEqualTo(JournalException.Outcome.NOT_APPENDED);
        assertThat(machine.batches()).isEmpty();
    }

    @Test
    void nothing_is_appended_after_close_and_following_is_reported() {
        done(append("a"));

        journal.close();
        journal.close();

        assertThat(failureOf(append("b")).outcome()).isEqualTo(JournalException.Outcome.NOT_APPENDED);
        assertThat(machine.batches()).containsExactly("a");
    }

    @Test
    void appends_beyond_the_limit_are_refused_and_the_journal_goes_on() {
        byte[] large = new byte[3 << 20];
        List<CompletionStage<Long>> appends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            appends.add(journal.append(term, large));
        }

        List<Throwable> failures = new ArrayList<>();
        appends.forEach(append -> append.handle((index, failure) -> failure == null ? true : failures.add(failure))
                .toCompletableFuture()
                .join());

        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                JournalException.class,
                                refused -> assertThat(refused.outcome())
                                        .isEqualTo(JournalException.Outcome.NOT_APPENDED)));
        assertThat(machine.batches()).hasSize(20 - failures.size());
        done(append("small"));
    }

    @Test
    void a_batch_over_the_limit_is_refused() {
        assertThat(failureOf(journal.append(term, new byte[(3 << 20) + 1])).outcome())
                .isEqualTo(JournalException.Outcome.NOT_APPENDED);
    }

    /** Closes and opens again on the same storage. */
    final void restart() throws InterruptedException {
        journal.close();
        start();
    }

    final Journal journal() {
        return journal;
    }

    final long term() {
        return term;
    }

    final RecordingMachine machine() {
        return machine;
    }

    final CompletionStage<Long> append(String text) {
        return journal.append(term, bytes(text));
    }

    /** Appends as a control loop does: up to 32 under way. */
    final List<String> appendMany(int count) {
        List<String> texts = new ArrayList<>();
        List<CompletionStage<Long>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add("batch-" + i);
            appends.add(append("batch-" + i));
            if (i >= 32) {
                done(appends.get(i - 32));
            }
        }
        appends.forEach(JournalContract::done);
        return texts;
    }

    static long done(CompletionStage<Long> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    static JournalException failureOf(CompletionStage<Long> stage) {
        CompletionException failure = catchThrowableOfType(CompletionException.class, () -> done(stage));
        assertThat(failure.getCause()).isInstanceOf(JournalException.class);
        return (JournalException) failure.getCause();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
