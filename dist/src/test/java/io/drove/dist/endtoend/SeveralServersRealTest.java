package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.dist.endtoend.ServersFixture.Peer;
import io.drove.platform.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Three controllers on the raft journal and three executors in two racks. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralServersRealTest {
    private static final String FIRST = "127.0.0.1";
    private static final String SECOND = "127.0.0.2";
    private static final String OTHER_RACK = "127.0.0.3";
    // An election takes about a second; the rest is for a busy machine.
    private static final Duration FAILOVER = Duration.ofSeconds(15);

    private ServersFixture servers;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        SampleImageFixture.ensure();
        servers = new ServersFixture(home);
        for (String id : servers.controllers().keySet()) {
            servers.startController(id);
        }
        servers.startExecutor(FIRST, "one");
        servers.startExecutor(SECOND, "one");
        servers.startExecutor(OTHER_RACK, "two");
        eventually().until(() -> servers.client().executors().data().size() == 3);
    }

    @AfterAll
    void stop() throws Exception {
        servers.remove();
    }

    @Test
    void followers_work_and_answer_that_they_do_not_lead() throws Exception {
        Peer leader = servers.awaitLeader();

        for (Peer peer : servers.controllers().values()) {
            ApiCall ping = ApiCall.get(peer.address().resolve("/apis/v1/ping"));
            ApiCall apps = ApiCall.get(peer.address().resolve("/apis/v1/applications"));
            if (peer.equals(leader)) {
                assertThat(ping.status()).isEqualTo(200);
                assertThat(apps.status()).isEqualTo(200);
            } else {
                assertThat(ping.status()).isEqualTo(400);
                assertThat(apps.status()).isEqualTo(400);
                assertThat(apps.body()).contains("This node is not the leader controller");
            }
            assertThat(ApiCall.get(peer.health()).status()).isEqualTo(200);
        }
    }

    @Test
    void the_leader_is_killed_and_another_goes_on_with_the_same_containers() throws Exception {
        servers.run(HelloSpec.named("kept"), 3);
        List<String> instances = ids("kept-1");
        List<String> containers = EngineCommand.containersOf("kept-1");
        Peer old = servers.awaitLeader();
        long killed = System.nanoTime();

        servers.kill(old.id());

        // A client with all three addresses, as scripts use it: the write is taken by the new leader.
        Command.Result scaled = eventually()
                .until(() -> servers.drove("apps", "scale", "kept-1", "4", "--wait"), Command.Result::isSuccess);
        Duration taken = Duration.ofNanos(System.nanoTime() - killed);
        assertThat(taken).as(scaled.output()).isLessThan(FAILOVER);
        Peer leader = servers.awaitLeader();
        assertThat(leader.id()).isNotEqualTo(old.id());
        assertThat(ids("kept-1")).hasSize(4).containsAll(instances);
        assertThat(EngineCommand.containersOf("kept-1")).hasSize(4).containsAll(containers);
        assertThat(servers.client().oldInstances("kept-1").data()).isEmpty();

        // The killed one comes back as a follower that has what was decided meanwhile.
        servers.startController(old.id());
        eventually().until(() -> ApiCall.get(old.health()).status() == 200);
        assertThat(ApiCall.get(old.address().resolve("/apis/v1/ping")).status()).isEqualTo(400);
        servers.kill(leader.id());
        eventually().until(() -> ids("kept-1").size() == 4);
        assertThat(EngineCommand.containersOf("kept-1")).hasSize(4).containsAll(containers);
        servers.startController(leader.id());
        eventually().until(() -> ApiCall.get(leader.health()).status() == 200);
    }

    @Test
    void a_leader_that_stands_still_is_replaced_and_follows_when_it_goes_on() throws Exception {
        servers.run(HelloSpec.named("calm"), 2);
        List<String> instances = ids("calm-1");
        Peer old = servers.awaitLeader();

        servers.signal("STOP", old.id());
        try {
            // While there is no leader the command says so; a user tries again.
            eventually()
                    .until(() -> servers.drove("apps", "scale", "calm-1", "3", "--wait")
                            .isSuccess());
        } finally {
            servers.signal("CONT", old.id());
        }

        eventually()
                .until(() -> ApiCall.get(old.address().resolve("/apis/v1/ping")).status() == 400);
        assertThat(servers.awaitLeader().id()).isNotEqualTo(old.id());
        assertThat(ids("calm-1")).hasSize(3).containsAll(instances);
        assertThat(servers.client().oldInstances("calm-1").data()).isEmpty();
    }

    @Test
    void instances_spread_over_racks_before_hosts_if_they_prefer_so() throws Exception {
        ObjectNode spec = HelloSpec.named("racks");
        spec.putArray("placementPreferences")
                .addObject()
                .put("type", "SPREAD_OVER")
                .put("label", "rack");

        // By hosts alone it would be two on each.
        servers.run(spec, 6);

        assertThat(servers.hosts("racks-1")).hasSize(3).containsEntry(OTHER_RACK, 3L);
    }

    @Test
    void instances_keep_away_from_apps_that_they_avoid_as_long_as_there_is_room_elsewhere() throws Exception {
        servers.run(HelloSpec.named("noisy"), 1);
        String avoided = servers.hosts("noisy-1").keySet().iterator().next();
        ObjectNode spec = HelloSpec.named("shy");
        spec.putArray("placementPreferences")
                .addObject()
                .put("type", "AWAY_FROM")
                .putArray("apps")
                .add("noisy");

        servers.run(spec, 4);

        assertThat(servers.hosts("shy-1")).hasSize(2).doesNotContainKey(avoided);
        assertThat(servers.hosts("shy-1").values()).containsOnly(2L);
    }

    private List<String> ids(String appId) {
        return servers.healthy(appId).stream()
                .map(instance -> instance.path("instanceId").asString())
                .sorted()
                .toList();
    }
}
