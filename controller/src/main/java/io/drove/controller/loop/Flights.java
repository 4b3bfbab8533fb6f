package io.drove.controller.loop;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The batches that the journal has not answered yet: those of this epoch, in the order in which they were decided, and those of lost ones, the
 * strays, whose askers wait for the journal to say what became of them. For the thread that steps.
 */
final class Flights {
    // Of both kinds. So many batches the journal takes at once; strays keep their places until it has answered.
    private static final int UNDER_WAY_MAX = 64;

    private final LoopLimits limits;
    private final ArrayDeque<Flight> ours = new ArrayDeque<>();
    private final ArrayDeque<Flight> strays = new ArrayDeque<>();
    // Of both kinds: what the journal has not answered yet.
    private long bytes;

    Flights(LoopLimits limits) {
        this.limits = limits;
    }

    /** Whether one more batch may be decided. */
    boolean hasRoom() {
        Flight last = ours.peekLast();
        return ours.size() < limits.batchesInFlight()
                && bytes <= limits.bytesInFlight()
                && (last == null || last.outputs() < limits.outputsMax());
    }

    /** Whether a new epoch's batches have room beside the strays. */
    boolean hasRoomToBegin() {
        return strays.isEmpty() || (hasRoom() && strays.size() + limits.batchesInFlight() <= UNDER_WAY_MAX);
    }

    void add(Flight flight) {
        ours.add(flight);
        bytes += flight.bytes();
    }

    /** The latest of this epoch's, null when none is under way. */
    @Nullable
    Flight last() {
        return ours.peekLast();
    }

    /** The oldest of this epoch's, null when none is under way. */
    @Nullable
    Flight first() {
        return ours.peek();
    }

    void removeFirst() {
        bytes -= ours.remove().bytes();
    }

    /** How many of this epoch's are under way. */
    int size() {
        return ours.size();
    }

    /** The oldest stray, null when there is none. */
    @Nullable
    Flight firstStray() {
        return strays.peek();
    }

    /** This epoch is lost: its batches are strays now. */
    void lose() {
        strays.addAll(ours);
        ours.clear();
        settleStrays();
    }

    /** Tells those who wait for the strays that the journal has answered meanwhile. */
    void settleStrays() {
        strays.removeIf(stray -> {
            Flight.Landing landing = stray.landing();
            if (landing == null) {
                return false;
            }
            stray.answer(
                    landing == Flight.Landing.NOT_APPENDED
                            ? Unavailable.Reason.NOT_LEADING
                            : Unavailable.Reason.OUTCOME_UNKNOWN);
            bytes -= stray.bytes();
            return true;
        });
    }

    /** Tells those who wait for strays that nobody will know what became of them. */
    void abandonStrays() {
        for (Flight stray : strays) {
            stray.answer(Unavailable.Reason.OUTCOME_UNKNOWN);
            bytes -= stray.bytes();
        }
        strays.clear();
    }
}
