package io.drove.simulation.network;

import io.drove.simulation.time.Dice;
import io.drove.simulation.time.SimulatedProcess;
import io.drove.simulation.time.Timeline;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a line. Keeps the order of frames unless a fault says otherwise. */
final class Pipe<F> {
    private final SimulatedNetwork network;
    private final Line line;
    private final Line.End<F> end;
    private final long senderLife;
    private final long receiverLife;
    final SimulatedProcess from;
    final SimulatedProcess to;
    /** What waits for the way to be open again. */
    private final Deque<Runnable> held = new ArrayDeque<>();

    private long lastArrival;
    private boolean isFinished;
    private boolean isStopped;

    Pipe(SimulatedNetwork network, Line line, SimulatedProcess from, SimulatedProcess to, Line.End<F> end) {
        this.network = network;
        this.line = line;
        this.from = from;
        this.to = to;
        this.end = end;
        this.senderLife = from.life();
        this.receiverLife = to.life();
    }

    boolean isOver() {
        return isStopped && held.isEmpty();
    }

    void send(long sequence, F frame, Runnable taken) {
        if (isFinished || isStopped) {
            return;
        }
        Dice dice = network.dice();
        NetworkTemper temper = network.temper();
        Timeline timeline = network.timeline();
        if (dice.chance(temper.losses)) {
            timeline.tell("frame lost", from.name(), to.name(), frame);
            from.after(0, taken);
            return;
        }
        if (dice.chance(temper.breaks)) {
            line.breakDown("connection reset");
            return;
        }
        boolean overtakes = dice.chance(temper.overtakings);
        travel(() -> end.received(line, sequence, frame), taken, overtakes);
        if (dice.chance(temper.doubles)) {
            travel(() -> end.received(line, sequence, frame), () -> {}, false);
        }
    }

    /** No more comes after what was sent; the other end learns the reason last. */
    void finish(String reason) {
        if (!isFinished && !isStopped) {
            isFinished = true;
            travel(() -> tellClosed(reason), () -> {}, false);
        }
    }

    /** The receiver does not listen any more. */
    void stop() {
        isStopped = true;
        held.clear();
    }

    void breakDown(String reason) {
        if (!isStopped && !isFinished) {
            isFinished = true;
            held.clear();
            long delay = network.dice().millis(0, 2_000);
            network.timeline().after(delay, () -> arrive(() -> tellClosed(reason)));
        }
    }

    private void tellClosed(String reason) {
        isStopped = true;
        end.closed(line, reason);
    }

    private void travel(Runnable arrival, Runnable taken, boolean overtakes) {
        if (network.isCut(from, to)) {
            held.addLast(() -> travel(arrival, taken, overtakes));
            return;
        }
        Timeline timeline = network.timeline();
        long arrives = timeline.now() + network.dice().millis(network.temper().delayMin, network.temper().delayMax);
        if (!overtakes) {
            arrives = Math.max(arrives, lastArrival);
            lastArrival = arrives;
        }
        timeline.at(arrives, () -> {
            // What was on its way when the way was cut arrives when it is open again, as a stream does it.
            if (network.isCut(from, to) && !isStopped) {
                held.addLast(() -> travel(arrival, taken, false));
                return;
            }
            if (from.life() == senderLife) {
                from.after(0, taken);
            }
            arrive(arrival);
        });
    }

    private void arrive(Runnable arrival) {
        if (!isStopped && to.isRunning() && to.life() == receiverLife) {
            to.reach(() -> {
                if (!isStopped) {
                    arrival.run();
                }
            });
        }
    }

    /** The way is open again. */
    void release() {
        int waiting = held.size();
        for (int i = 0; i < waiting && !held.isEmpty(); i++) {
            held.removeFirst().run();
        }
    }
}
