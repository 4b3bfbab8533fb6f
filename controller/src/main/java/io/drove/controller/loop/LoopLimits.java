package io.drove.controller.loop;

import static io.drove.model.Assertion.require;

import java.time.Duration;

/**
 * Limits of the loop.
 *
 * @param asksMax questions of the API that wait; more are told {@link Unavailable.Reason#BUSY}
 * @param reportsMax inputs from executors that wait; more reset the session that brings them
 * @param instancesGathered instances of one session whose reports wait; more reset it. As many as an executor may have
 * @param instancesPerReport of them, those of one decision
 * @param errorCharactersPerReport and of their errors; one may have 8 kB, and what is decided of them has to fit one batch
 * @param asksPerStep questions decided in one step
 * @param reportsPerStep inputs from executors decided in one step
 * @param batchBytes a batch is closed when it is larger; low enough that one more decision with a large spec still fits the journal
 * @param batchesInFlight batches that wait for the journal at once; sixteen keep a disk busy
 * @param bytesInFlight and how many bytes they may have when one more departs. The journal takes 16 MiB, and the largest batch has 3 MiB: above, it would refuse, and the epoch end
 * @param outputsMax answers, commands and happenings that wait for the journal at once
 * @param step how long a step decides before it ends its batch, so that nothing waits longer than that for its turn; half of it for questions
 * @param behind a report that has waited for so long says that executors' silence may be a delay of ours
 * @param sleepMax the longest sleep; a lost wake-up costs no more than this
 * @param retry the pause before an epoch is begun again after one that did not come about
 */
public record LoopLimits(
        int asksMax,
        int reportsMax,
        int instancesGathered,
        int instancesPerReport,
        int errorCharactersPerReport,
        int asksPerStep,
        int reportsPerStep,
        int batchBytes,
        int batchesInFlight,
        int bytesInFlight,
        int outputsMax,
        Duration step,
        Duration behind,
        Duration sleepMax,
        Duration retry) {
    public static final LoopLimits DEFAULT = new LoopLimits(
            4_096,
            65_536,
            20_000,
            256,
            256 << 10,
            256,
            1_024,
            512 << 10,
            16,
            13 << 20,
            65_536,
            Duration.ofMillis(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(50));

    public LoopLimits {
        require(asksMax > 0 && reportsMax > 0, "inboxes must hold something");
        require(asksPerStep > 0 && reportsPerStep > 0, "a step must take something");
        require(batchesInFlight > 0, "batchesInFlight must be > 0, was %d", batchesInFlight);
        require(bytesInFlight >= 0, "bytesInFlight must not be negative, was %d", bytesInFlight);
    }
}
