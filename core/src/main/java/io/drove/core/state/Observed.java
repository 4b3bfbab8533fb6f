package io.drove.core.state;

import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.vavr.collection.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * The half of the state that is not journaled: what executors tell again to each new leader, and what is armed in this epoch.
 *
 * @param seen when the last decision was made, monotonic nanoseconds
 * @param patienceUntil no executor is lost before this: the doubt is on our side
 * @param unsettled apps that may need starts or stops, in the order in which they were touched
 * @param notPlaced why apps have instances that could not be placed, in words
 * @param givenUp instances given up within the current second, and when that began
 */
public record Observed(
        HashMap<ExecutorId, Presence> presences,
        HashMap<InstanceId, Sighting> sightings,
        HashMap<AppId, BackOff> backOffs,
        HashMap<AppId, Progress> progress,
        HashMap<AppId, String> notPlaced,
        Deadlines deadlines,
        Unsettled unsettled,
        long seen,
        long patienceUntil,
        GivenUp givenUp) {
    /** A second's worth of giving up; {@code isHolding}: there are more that would be given up if there were a place for others. */
    public record GivenUp(long since, int count, boolean isHolding) {}

    public static Observed nothing(long now) {
        return new Observed(
                HashMap.empty(),
                HashMap.empty(),
                HashMap.empty(),
                HashMap.empty(),
                HashMap.empty(),
                Deadlines.NONE,
                Unsettled.NONE,
                now,
                0,
                new GivenUp(now, 0, false));
    }

    public @Nullable Presence presence(ExecutorId executor) {
        return presences.getOrElse(executor, null);
    }

    public @Nullable Sighting sighting(InstanceId instance) {
        return sightings.getOrElse(instance, null);
    }

    public boolean isReady(ExecutorId executor) {
        Presence presence = presence(executor);
        return presence != null && presence.isReady();
    }

    Observed withPresences(HashMap<ExecutorId, Presence> value) {
        return new Observed(
                value, sightings, backOffs, progress, notPlaced, deadlines, unsettled, seen, patienceUntil, givenUp);
    }

    Observed withSightings(HashMap<InstanceId, Sighting> value) {
        return new Observed(
                presences, value, backOffs, progress, notPlaced, deadlines, unsettled, seen, patienceUntil, givenUp);
    }

    Observed withBackOffs(HashMap<AppId, BackOff> value) {
        return new Observed(
                presences, sightings, value, progress, notPlaced, deadlines, unsettled, seen, patienceUntil, givenUp);
    }

    Observed withProgress(HashMap<AppId, Progress> value) {
        return new Observed(
                presences, sightings, backOffs, value, notPlaced, deadlines, unsettled, seen, patienceUntil, givenUp);
    }

    Observed withNotPlaced(HashMap<AppId, String> value) {
        return new Observed(
                presences, sightings, backOffs, progress, value, deadlines, unsettled, seen, patienceUntil, givenUp);
    }

    Observed withDeadlines(Deadlines value) {
        return new Observed(
                presences, sightings, backOffs, progress, notPlaced, value, unsettled, seen, patienceUntil, givenUp);
    }

    Observed withUnsettled(Unsettled value) {
        return new Observed(
                presences, sightings, backOffs, progress, notPlaced, deadlines, value, seen, patienceUntil, givenUp);
    }

    Observed withSeen(long value) {
        return new Observed(
                presences,
                sightings,
                backOffs,
                progress,
                notPlaced,
                deadlines,
                unsettled,
                value,
                patienceUntil,
                givenUp);
    }

    Observed withPatienceUntil(long value) {
        return new Observed(
                presences, sightings, backOffs, progress, notPlaced, deadlines, unsettled, seen, value, givenUp);
    }

    Observed withGivenUp(GivenUp value) {
        return new Observed(
                presences, sightings, backOffs, progress, notPlaced, deadlines, unsettled, seen, patienceUntil, value);
    }

    Observed withoutInstance(InstanceId id) {
        return sightings.containsKey(id) ? withSightings(sightings.remove(id)) : this;
    }
}
