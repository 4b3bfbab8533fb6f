package io.drove.simulation.mutant;

import io.drove.core.agent.AgentInput;
import io.drove.core.agent.Effect;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.simulation.node.AgentPort;
import java.util.List;

/** Takes every epoch for the newest one, and does not tell which it has seen. */
record EpochBlindAgent(AgentPort real) implements AgentPort {
    @Override
    public List<Effect> handle(AgentInput input, long nowNanos, long wallMillis) {
        AgentInput seen = input instanceof AgentInput.Received received
                ? new AgentInput.Received(received.connection(), received.sequence(), blind(received.frame()))
                : input;
        return real.handle(seen, nowNanos, wallMillis).stream()
                .map(EpochBlindAgent::hide)
                .toList();
    }

    private ToExecutor blind(ToExecutor frame) {
        long highest = real.highestEpoch();
        return switch (frame) {
            case ToExecutor.Welcome welcome ->
                new ToExecutor.Welcome(welcome.cluster(), Math.max(welcome.epoch(), highest), welcome.wantsInventory());
            case ToExecutor.Start start ->
                new ToExecutor.Start(
                        start.order(),
                        Math.max(start.epoch(), highest),
                        start.instance(),
                        start.app(),
                        start.specDigest(),
                        start.allocation(),
                        start.authToken());
            case ToExecutor.Stop stop ->
                new ToExecutor.Stop(stop.order(), Math.max(stop.epoch(), highest), stop.instance(), stop.reason());
            case ToExecutor.Heartbeat heartbeat -> new ToExecutor.Heartbeat(Math.max(heartbeat.epoch(), highest));
            case ToExecutor.Refused _, ToExecutor.Spec _, ToExecutor.Forget _ -> frame;
        };
    }

    private static Effect hide(Effect effect) {
        return effect instanceof Effect.Send send && send.frame() instanceof ToController.Hello hello
                ? new Effect.Send(
                        send.connection(),
                        send.sequence(),
                        new ToController.Hello(
                                hello.protocol(),
                                hello.executor(),
                                hello.cluster(),
                                0,
                                hello.inventoryDigest(),
                                hello.version()))
                : effect;
    }

    @Override
    public long nextDeadline() {
        return real.nextDeadline();
    }

    @Override
    public long highestEpoch() {
        return real.highestEpoch();
    }
}
