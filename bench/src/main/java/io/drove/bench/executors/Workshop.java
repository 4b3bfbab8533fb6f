package io.drove.bench.executors;

import io.drove.core.agent.AgentInput;
import io.drove.executor.agent.LeaderLink;
import io.drove.model.app.AppSpec;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.SessionCodec;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What all simulated executors of a process share: threads, timer, sockets' selector, codec, and equal specs. */
final class Workshop implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** Different specs that are kept; a real executor has its own copy of each, for which this process has no memory. */
    private static final int SPECS_MAX = 200_000;

    private final ExecutorService workers = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("agents-", 0).factory());
    private final ExecutorService network = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("network-", 0).factory());
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(network)
            .build();
    private final LeaderLink.Shared shared = new LeaderLink.Shared(client, new SessionCodec());
    private final ConcurrentHashMap<String, AppSpec> specs = new ConcurrentHashMap<>();
    private final Wheel wheel = new Wheel();

    void start() {
        wheel.start();
    }

    Wheel wheel() {
        return wheel;
    }

    LeaderLink.Shared shared() {
        return shared;
    }

    void run(Runnable work) {
        workers.execute(work);
    }

    /** The same input, with a spec that others have already replaced by theirs. */
    AgentInput shareSpec(AgentInput input) {
        if (input instanceof AgentInput.Received received && received.frame() instanceof ToExecutor.Spec spec) {
            if (specs.size() >= SPECS_MAX) {
                return input;
            }
            AppSpec known = specs.computeIfAbsent(spec.digest(), digest -> spec.spec());
            return new AgentInput.Received(
                    received.connection(), received.sequence(), new ToExecutor.Spec(spec.digest(), known));
        }
        return input;
    }

    @Override
    public void close() {
        wheel.close();
        client.shutdownNow();
        workers.shutdownNow();
        network.shutdownNow();
    }
}
