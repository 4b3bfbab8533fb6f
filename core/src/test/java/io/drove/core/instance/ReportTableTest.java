package io.drove.core.instance;

import static io.drove.core.Apps.app;
import static io.drove.core.TestCluster.ops;

import io.drove.core.Golden;
import io.drove.core.TestCluster;
import io.drove.core.contract.Change;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import io.drove.model.instance.InstanceState;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every phase of an instance against every state that an executor can report: what is recorded, and what is sent. */
final class ReportTableTest {
    @Test
    void each_report_in_each_phase_means_what_the_table_says() throws IOException {
        StringBuilder table = new StringBuilder();
        for (Phase phase : Phase.values()) {
            for (InstanceState state : InstanceState.values()) {
                table.append(String.format("%-8s %-22s -> %s%n", phase, state, outcome(phase, state)));
            }
        }

        Golden.assertMatches("report-table.txt", table.toString());
    }

    private static String outcome(Phase phase, InstanceState state) {
        TestCluster cluster = new TestCluster();
        cluster.executor("a", 2);
        AppId web = cluster.create(app("web"), 1);
        InstanceRecord instance = bring(cluster, web, phase);
        cluster.changes().clear();
        cluster.commands().clear();

        cluster.report(instance, state, "");

        String changes = cluster.changes().stream()
                .filter(change -> !(change instanceof Change.InstancePlaced))
                .map(change -> change.getClass().getSimpleName())
                .collect(Collectors.joining(" "));
        String commands = cluster.commands().stream()
                .filter(command -> command.instance().equals(instance.id()))
                .map(command -> command.getClass().getSimpleName())
                .collect(Collectors.joining(" "));
        boolean isReplaced = cluster.changes().stream().anyMatch(Change.InstancePlaced.class::isInstance);
        boolean isCounted = cluster.state().observed().backOffs().containsKey(web);
        return String.format(
                        "%s | %s%s%s",
                        changes.isEmpty() ? "-" : changes,
                        commands.isEmpty() ? "-" : commands,
                        isReplaced ? " | another starts" : "",
                        isCounted ? " | a failure" : "")
                .strip();
    }

    private static InstanceRecord bring(TestCluster cluster, AppId web, Phase phase) {
        InstanceRecord instance = cluster.instances(web, Phase.COMING).getFirst();
        switch (phase) {
            case COMING -> {}
            case HEALTHY -> cluster.report(instance, InstanceState.HEALTHY, "");
            case FAILING -> {
                // The only room for another is the one that this instance holds, so that nothing hides what its report
                // does.
                cluster.report(instance, InstanceState.HEALTHY, "");
                cluster.pass(40);
                cluster.report(instance, InstanceState.UNHEALTHY, "");
            }
            case STOPPING -> {
                cluster.report(instance, InstanceState.HEALTHY, "");
                cluster.accepted(new AppOperation.StopInstances(
                        web, List.of(instance.id().toString()), true, ops(1)));
            }
        }
        return instance;
    }
}
