package io.drove.controller.loop;

import io.drove.core.contract.Command;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Reply;
import io.drove.core.planner.Decision;
import io.drove.core.state.ClusterState;
import io.drove.platform.journal.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What waits for one batch to be durable: the state after it, and all that may leave then. */
final class Flight {
    private final Replica.@Nullable Expected batch;
    private final long departed;
    private final List<Answer> answers = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private ClusterState after;
    private long wall;
    // Set by the journal's threads.
    private volatile @Nullable Landing landing;

    /** An answer, and who waits for it. */
    record Answer(Inbox.Ask ask, Reply reply) {}

    /** How an append ended. */
    enum Landing {
        DURABLE,
        NOT_APPENDED,
        UNKNOWN
    }

    /** What decisions brought that led to this state; {@code batch} is null when there is nothing to wait for. */
    Flight(Replica.@Nullable Expected batch, Outputs outputs, ClusterState after, long departed) {
        this.batch = batch;
        this.after = after;
        this.departed = departed;
        ride(outputs, after);
    }

    /** What decisions brought so far. Mutable, for one step. */
    static final class Outputs {
        private final List<Answer> answers = new ArrayList<>();
        private final List<Command> commands = new ArrayList<>();
        private final List<Happening> happenings = new ArrayList<>();
        private final long wall;

        Outputs(long wall) {
            this.wall = wall;
        }

        void add(Decision decision, Inbox.@Nullable Ask ask) {
            Reply reply = decision.reply();
            if (ask != null && reply != null) {
                answers.add(new Answer(ask, reply));
            }
            commands.addAll(decision.commands());
            happenings.addAll(decision.happenings());
        }
    }

    /** Later decisions without facts of their own rest on this batch too. */
    void ride(Outputs outputs, ClusterState state) {
        answers.addAll(outputs.answers);
        commands.addAll(outputs.commands);
        happenings.addAll(outputs.happenings);
        wall = outputs.wall;
        after = state;
    }

    /** The journal has answered. */
    void land(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause == null) {
            landing = Landing.DURABLE;
        } else if (cause instanceof JournalException known
                && known.outcome() == JournalException.Outcome.NOT_APPENDED) {
            landing = Landing.NOT_APPENDED;
        } else {
            landing = Landing.UNKNOWN;
        }
    }

    @Nullable
    Landing landing() {
        return landing;
    }

    /** Whether its facts are true now. */
    boolean isTrue() {
        return batch == null || (landing == Landing.DURABLE && batch.isAccepted());
    }

    ClusterState after() {
        return after;
    }

    /** What it takes of the journal. */
    int bytes() {
        return batch == null ? 0 : batch.batch().length;
    }

    long departed() {
        return departed;
    }

    long wall() {
        return wall;
    }

    List<Answer> answers() {
        return answers;
    }

    List<Command> commands() {
        return commands;
    }

    List<Happening> happenings() {
        return happenings;
    }

    int outputs() {
        return answers.size() + commands.size() + happenings.size();
    }

    /** Tells those who wait what has become of their questions. */
    void answer(Unavailable.Reason otherwise) {
        for (Answer answer : answers) {
            if (isTrue()) {
                answer.ask().reply().complete(answer.reply());
            } else {
                answer.ask().reply().completeExceptionally(new Unavailable(otherwise));
            }
        }
    }
}
