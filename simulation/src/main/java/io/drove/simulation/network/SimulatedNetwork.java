package io.drove.simulation.network;

import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.Numbered;
import io.drove.model.wire.SessionCodec;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.SimulatedProcess;
import io.drove.simulation.time.Timeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All lines between executors and controllers, and which ways are cut. */
public final class SimulatedNetwork {
    private record Way(String from, String to) {}

    private final Timeline timeline;
    private final Dice dice;
    private final NetworkTemper temper;
    private final @Nullable SessionCodec codec;
    private final Set<Way> cuts = new HashSet<>();
    private List<Line> lines = new ArrayList<>();

    /** With a codec every frame is written and read as on the wire. */
    public SimulatedNetwork(Timeline timeline, Dice dice, NetworkTemper temper, @Nullable SessionCodec codec) {
        this.timeline = timeline;
        this.dice = dice;
        this.temper = temper;
        this.codec = codec;
    }

    Timeline timeline() {
        return timeline;
    }

    Dice dice() {
        return dice;
    }

    NetworkTemper temper() {
        return temper;
    }

    /** Nothing gets from one to the other. */
    public void cut(SimulatedProcess from, SimulatedProcess to) {
        cuts.add(new Way(from.name(), to.name()));
    }

    public boolean isCut(SimulatedProcess from, SimulatedProcess to) {
        return !cuts.isEmpty() && cuts.contains(new Way(from.name(), to.name()));
    }

    /** Every way is open. Of the lines that were cut, some have broken meanwhile, the others go on. */
    public void heal() {
        cuts.clear();
        for (Line line : List.copyOf(lines)) {
            if (dice.chance(0.3)) {
                line.breakDown("connection timed out");
            } else {
                line.up.release();
                line.down.release();
            }
        }
    }

    /** A new line, open at once: whoever dials waits before. */
    public Line open(
            SimulatedProcess executor,
            SimulatedProcess controller,
            Line.End<ToExecutor> executorEnd,
            Line.End<ToController> controllerEnd) {
        lines.removeIf(Line::isOver);
        Line line = new Line(this, executor, controller, executorEnd, controllerEnd);
        lines.add(line);
        return line;
    }

    /** A process ended; its machine tells the others, unless it is gone too. */
    public void processEnded(SimulatedProcess process, boolean machineIsGone) {
        for (Line line : lines) {
            if (line.touches(process)) {
                if (!machineIsGone) {
                    line.breakDown("connection reset by peer");
                }
            }
        }
        lines.removeIf(line -> line.touches(process));
    }

    ToController throughCodec(long sequence, ToController frame) {
        return codec == null
                ? frame
                : codec.readToController(codec.writeToController(new Numbered<>(sequence, frame)))
                        .getFirst()
                        .frame();
    }

    /** What a controller's frames to an executor go through on one line, whose two ends remember specs. */
    UnaryOperator<Numbered<ToExecutor>> wireToExecutor() {
        if (codec == null) {
            return UnaryOperator.identity();
        }
        SessionCodec.ToExecutorWriter writer = codec.toExecutorWriter();
        SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
        return frame -> reader.read(writer.write(frame)).getFirst();
    }
}
