package io.drove.core.agent;

import java.time.Duration;

/**
 * The named limits of the executor's side.
 *
 * @param heartbeat silence of ours after which a heartbeat is sent
 * @param gather how long steps on the way up and receipts of orders wait for others to be told with them; what serves, or serves no longer, is told at once
 * @param leaderSilence silence of the leader after which the connection is dropped
 * @param dialTimeout from dialling to an open connection
 * @param persistTimeout from asking for the epoch to be stored to its confirmation
 * @param backoffMin first pause before dialling again
 * @param backoffMax longest pause before dialling again; far below what a new leader waits, so that no instance is lost by waiting, and long enough that thousands who wait do not slow its start
 * @param strangerPause pause after a leader of another cluster answered: nothing will change soon
 * @param framesInFlight frames handed to the connection and not yet taken by it; beyond, reports wait and coalesce
 * @param framesHeld orders that wait for the epoch to be stored; beyond, the session starts anew
 * @param specsMax specs known in one session
 * @param tombstonesMax ended instances kept until the leader says forget; beyond, the oldest are dropped
 * @param pullTries pulls of one image for one instance, when failures are worth a retry
 * @param portTries attempts to create a container with other host ports after one was taken
 * @param portAvoidance how long a host port that was taken by somebody else is not tried again
 * @param callSlack what an effect's answer may take beyond its own timeout before it counts as lost
 * @param createTimeout one creation of a container, with its files
 * @param startTimeout one start of a container
 * @param removeTimeout one removal of a container
 * @param removePauseMax longest pause between two tries to remove a container
 * @param hookTimeout one pre-shutdown hook
 * @param stopGrace what a container gets between TERM and KILL
 * @param adoptionWait how long the first dial waits for the first checks of adopted instances
 * @param earlyProbe first pause of early readiness probing; a quarter longer each time, so that readiness is seen at most that much late
 * @param unknownBudget how much longer than its budget readiness may take while checks have no result at all
 * @param errorChars longest error text of an instance
 * @param duePerStep deadlines handled in one step
 */
public record AgentLimits(
        Duration heartbeat,
        Duration gather,
        Duration leaderSilence,
        Duration dialTimeout,
        Duration persistTimeout,
        Duration backoffMin,
        Duration backoffMax,
        Duration strangerPause,
        int framesInFlight,
        int framesHeld,
        int specsMax,
        int tombstonesMax,
        int pullTries,
        int portTries,
        Duration portAvoidance,
        Duration callSlack,
        Duration createTimeout,
        Duration startTimeout,
        Duration removeTimeout,
        Duration removePauseMax,
        Duration hookTimeout,
        Duration stopGrace,
        Duration adoptionWait,
        Duration earlyProbe,
        Duration unknownBudget,
        int errorChars,
        int duePerStep) {
    /** What runs in production. */
    public static final AgentLimits DEFAULT = new AgentLimits(
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(7),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            4,
            10_000,
            10_000,
            10_000,
            3,
            10,
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofMillis(5),
            Duration.ofMinutes(1),
            8_192,
            1_000);
}
