package io.drove.controller.link;

import io.drove.controller.loop.LoopFixture;
import io.drove.controller.loop.Specs;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.Numbered;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An executor's end of one connection: says what the test wants, and keeps what it hears. */
final class ScriptedExecutor {
    final List<ToExecutor> heard = new ArrayList<>();

    @Nullable
    String end;

    private final LoopFixture loop;
    private final Session session;
    private final String hostname;
    private long sequence;
    private long lastHeard;

    ScriptedExecutor(LoopFixture loop, Sessions sessions, String hostname) {
        this.loop = loop;
        this.hostname = hostname;
        this.session = sessions.open(() -> {});
    }

    ExecutorId id() {
        return ExecutorId.of(hostname, 11_000);
    }

    ScriptedExecutor hello() {
        return hello(SessionProtocol.VERSION, null, 0);
    }

    ScriptedExecutor hello(int protocol, @Nullable ClusterId cluster, long highestEpoch) {
        return say(new ToController.Hello(protocol, id(), cluster, highestEpoch, "digest-" + hostname, "1"));
    }

    /** Greets, tells its inventory if asked, and that it has these instances. */
    ScriptedExecutor join(InstanceReport... instances) {
        hello();
        if (heard.getLast() instanceof ToExecutor.Welcome welcome && welcome.wantsInventory()) {
            inventory(8);
        }
        return say(new ToController.Snapshot(List.of(instances), true));
    }

    ScriptedExecutor inventory(int cores) {
        return say(new ToController.Inventory("digest-" + hostname, Specs.inventory(hostname, cores)));
    }

    ScriptedExecutor say(ToController frame) {
        return say(++sequence, frame);
    }

    /** With a number of the test's choice. */
    ScriptedExecutor say(long number, ToController frame) {
        session.receive(new Numbered<>(number, frame));
        loop.settle();
        return listen();
    }

    /** What the loop does not come to decide yet. */
    ScriptedExecutor sayToWait(ToController frame) {
        session.receive(new Numbered<>(++sequence, frame));
        return listen();
    }

    ScriptedExecutor listen() {
        while (true) {
            switch (session.poll()) {
                case Outgoing.Frame frame -> {
                    if (frame.frame().sequence() != ++lastHeard) {
                        throw new AssertionError("frame " + frame.frame().sequence() + " after " + (lastHeard - 1));
                    }
                    heard.add(frame.frame().frame());
                }
                case Outgoing.End ended -> {
                    end = ended.reason();
                    return this;
                }
                case Outgoing.Idle _ -> {
                    return this;
                }
            }
        }
    }

    void disconnect() {
        session.disconnected("cable pulled");
        loop.settle();
    }

    <T extends ToExecutor> List<T> heard(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static InstanceReport report(InstanceId id, AppId app, InstanceState state) {
        return new InstanceReport(id, app, state, List.of(), "", 0);
    }
}
