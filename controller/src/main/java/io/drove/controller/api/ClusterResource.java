package io.drove.controller.api;

import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.executor.ExecutorState;
import io.drove.model.executor.NumaNode;
import io.drove.model.id.ExecutorId;
import io.drove.model.wire.ClusterSummary;
import io.drove.model.wire.ExecutorSummary;
import java.util.List;
import java.util.function.Supplier;

/** {@code /cluster} and {@code /ping}. Numbers are of now; the original's were up to 30 s old. */
final class ClusterResource {
    private final Supplier<ClusterState> published;
    private final String self;

    ClusterResource(Supplier<ClusterState> published, String self) {
        this.published = published;
        this.self = self;
    }

    Answer ping(Call call) {
        return Answer.success("pong");
    }

    Answer summary(Call call) {
        return Answer.success(summary(published.get()));
    }

    /** Lost executors stay in the list as REMOVED until they are forgotten. */
    Answer executors(Call call) {
        ClusterState state = published.get();
        List<ExecutorSummary> all = state.durable()
                .executors()
                .values()
                .toJavaStream()
                .map(executor -> ExecutorView.summary(state, executor))
                .toList();
        return Answer.success(all);
    }

    Answer executor(Call call) {
        ClusterState state = published.get();
        ExecutorRecord executor = state.durable().executor(new ExecutorId(call.path("id")));
        return executor == null || executor.lost()
                ? Answer.notFound("No executor found with id: " + call.path("id"))
                : Answer.success(ExecutorView.detail(state, executor));
    }

    ClusterSummary summary(ClusterState state) {
        int executors = 0;
        int cores = 0;
        int usedCores = 0;
        long memory = 0;
        long usedMemory = 0;
        for (ExecutorRecord executor : state.durable().executors().values()) {
            if (ExecutorView.shown(state, executor) != ExecutorState.ACTIVE) {
                continue;
            }
            executors++;
            for (NumaNode node : executor.inventory().nodes()) {
                cores += node.cores().size();
                memory += node.memoryInMb();
            }
            usedCores += executor.used().cores();
            usedMemory += executor.used().memoryInMb();
        }
        int activeApps =
                state.durable().apps().values().count(app -> app.state().isActive());
        return new ClusterSummary(
                self,
                ClusterSummary.Mode.NORMAL,
                executors,
                state.durable().apps().size(),
                activeApps,
                0,
                0,
                0,
                Math.max(0, cores - usedCores),
                usedCores,
                cores,
                Math.max(0, memory - usedMemory),
                usedMemory,
                memory);
    }
}
