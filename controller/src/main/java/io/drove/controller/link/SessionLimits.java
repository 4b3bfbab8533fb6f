package io.drove.controller.link;

import java.time.Duration;

/**
 * Limits of the conversations.
 *
 * @param sessionsMax connections at once; twice the largest cluster that we aim at
 * @param outboxMax orders that wait for one executor; more close its session, and the next one begins with the whole picture. Above
 *     {@code instancesMax}, since all of them may be over and forgotten at once
 * @param instancesMax instances that one executor may tell of
 * @param specsMax different specs sent in one session, as many as an executor keeps
 * @param forgetsPerFrame ids in one frame, so that it stays far below a frame's limit
 * @param greeting how long a new connection may take to say hello and what it has
 * @param silence an executor that says nothing for so long is hung up on; the core gives it up after the same time
 * @param heartbeat after so much silence of ours we say that we are here
 * @param heard how often the loop is told who was heard of
 * @param pause a gap between two ticks that says that we were paused ourselves: what others said lies in our buffers still
 * @param settling after so long the loop must know of a session, or it is closed; unless what was told waits for longer than usual
 */
public record SessionLimits(
        int sessionsMax,
        int outboxMax,
        int instancesMax,
        int specsMax,
        int forgetsPerFrame,
        Duration greeting,
        Duration silence,
        Duration heartbeat,
        Duration heard,
        Duration pause,
        Duration settling) {
    public static final SessionLimits DEFAULT = new SessionLimits(
            20_000,
            32_768,
            20_000,
            4_096,
            500,
            Duration.ofSeconds(10),
            Duration.ofSeconds(7),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10));
}
