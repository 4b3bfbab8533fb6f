package io.drove.simulation.network;

import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.Numbered;
import io.drove.simulation.time.SimulatedProcess;
import java.util.function.UnaryOperator;

/** One connection of an executor to a controller, from its opening on. */
public final class Line {
    /** One end of a line: who is told. */
    public interface End<F> {
        void received(Line line, long sequence, F frame);

        void closed(Line line, String reason);
    }

    private final SimulatedNetwork network;
    private final UnaryOperator<Numbered<ToExecutor>> wireToExecutor;
    final Pipe<ToController> up;
    final Pipe<ToExecutor> down;

    Line(
            SimulatedNetwork network,
            SimulatedProcess executor,
            SimulatedProcess controller,
            End<ToExecutor> executorEnd,
            End<ToController> controllerEnd) {
        this.network = network;
        this.wireToExecutor = network.wireToExecutor();
        this.up = new Pipe<>(network, this, executor, controller, controllerEnd);
        this.down = new Pipe<>(network, this, controller, executor, executorEnd);
    }

    /** The executor says something; {@code taken} runs when the connection took it. */
    public void toController(long sequence, ToController frame, Runnable taken) {
        up.send(sequence, network.throughCodec(sequence, frame), taken);
    }

    /** The controller says something; {@code taken} runs when the connection took it. */
    public void toExecutor(long sequence, ToExecutor frame, Runnable taken) {
        down.send(
                sequence, wireToExecutor.apply(new Numbered<>(sequence, frame)).frame(), taken);
    }

    /** The executor hangs up: what was sent before still arrives. */
    public void closeFromExecutor(String reason) {
        down.stop();
        up.finish(reason);
    }

    /** The controller hangs up: what was sent before still arrives. */
    public void closeFromController(String reason) {
        up.stop();
        down.finish(reason);
    }

    /** Both ends find out, one after the other, and what is on its way is lost. */
    public void breakDown(String reason) {
        up.breakDown(reason);
        down.breakDown(reason);
    }

    boolean touches(SimulatedProcess process) {
        return up.from == process || up.to == process;
    }

    boolean isOver() {
        return up.isOver() && down.isOver();
    }
}
