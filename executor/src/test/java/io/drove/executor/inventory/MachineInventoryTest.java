package io.drove.executor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.executor.NumaNode;
import io.drove.model.resource.CoreSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineInventoryTest {
    @TempDir
    private Path root;

    private MachineInventoryTest machine(String online) throws IOException {
        write("sys/devices/system/cpu/online", online + "\n");
        write("proc/meminfo", "MemTotal:       16384000 kB\nMemFree: 1 kB\n");
        return this;
    }

    private MachineInventoryTest node(int id, String cores, long kilobytes) throws IOException {
        write("sys/devices/system/node/node" + id + "/cpulist", cores + "\n");
        write(
                "sys/devices/system/node/node" + id + "/meminfo",
                "Node " + id + " MemTotal:       " + kilobytes + " kB\nNode " + id + " MemFree:  5 kB\n");
        return this;
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
    }

    private MachineInventory read(OverProvisioning over, boolean hasNumaPinning, int... osCores) {
        return MachineInventory.read(root, new InventorySettings(CoreSet.of(osCores), 50, hasNumaPinning, over));
    }

    @Test
    void two_sockets_are_two_nodes_less_what_the_operator_keeps() throws IOException {
        machine("0-7").node(0, "0-3", 8_388_608).node(1, "4-7", 8_388_608);

        assertThat(read(OverProvisioning.NONE, true, 0, 4).nodes())
                .containsExactly(
                        new NumaNode(0, CoreSet.of(1, 2, 3), 4_096, CoreSet.of(1, 2, 3), 4_096),
                        new NumaNode(1, CoreSet.of(5, 6, 7), 4_096, CoreSet.of(5, 6, 7), 4_096));
    }

    @Test
    void four_nodes_with_scattered_cores_keep_their_order() throws IOException {
        machine("0-15")
                .node(10, "3,7", 1_024_000)
                .node(2, "1,5", 1_024_000)
                .node(0, "0,4", 1_024_000)
                .node(1, "2,6", 0);

        assertThat(read(OverProvisioning.NONE, true).nodes())
                .extracting(NumaNode::id)
                .containsExactly(0, 1, 2, 10);
    }

    @Test
    void unplugged_core_is_not_given_out() throws IOException {
        machine("0-1,3").node(0, "0-3", 1_024_000);

        assertThat(read(OverProvisioning.NONE, true).nodes().getFirst().cores()).isEqualTo(CoreSet.of(0, 1, 3));
    }

    @Test
    void a_core_that_is_switched_off_and_on_is_told_each_time_and_once() throws IOException {
        machine("0-3").node(0, "0-3", 1_024_000);
        List<CoreSet> told = new ArrayList<>();
        try (InventoryWatch watch = new InventoryWatch(
                () -> read(OverProvisioning.NONE, true),
                found -> told.add(found.nodes().getFirst().cores()))) {
            watch.look();
            write("sys/devices/system/cpu/online", "0-1,3\n");
            watch.look();
            watch.look();
            write("sys/devices/system/cpu/online", "0-3\n");
            watch.look();
        }

        assertThat(told).containsExactly(CoreSet.of(0, 1, 3), CoreSet.of(0, 1, 2, 3));
    }

    @Test
    void machine_without_nodes_is_one_node() throws IOException {
        machine("0-1");

        assertThat(read(OverProvisioning.NONE, true).nodes())
                .containsExactly(new NumaNode(0, CoreSet.of(0, 1), 8_000, CoreSet.of(0, 1), 8_000));
    }

    @Test
    void without_pinning_all_nodes_are_node_0() throws IOException {
        machine("0-7").node(0, "0-3", 8_388_608).node(1, "4-7", 8_388_608);

        assertThat(read(OverProvisioning.NONE, false).nodes()).singleElement().satisfies(node -> {
            assertThat(node.cores().size()).isEqualTo(8);
            assertThat(node.memoryInMb()).isEqualTo(8_192);
        });
    }

    @Test
    void over_provisioned_ids_are_the_originals_and_each_node_has_its_own() throws IOException {
        machine("0-1").node(0, "0", 2_048_000).node(1, "1", 2_048_000);

        MachineInventory inventory = read(new OverProvisioning(true, 20, 3), true);

        NumaNode first = inventory.nodes().getFirst();
        NumaNode second = inventory.nodes().getLast();
        assertThat(first.cores().at(0)).isEqualTo(24);
        assertThat(first.cores().at(19)).isEqualTo(43);
        assertThat(first.cores().size()).isEqualTo(20);
        assertThat(second.cores().at(0)).isEqualTo(47);
        assertThat(second.cores().at(19)).isEqualTo(66);
        assertThat(first.memoryInMb()).isEqualTo(3_000);
        assertThat(first.physicalMemoryInMb()).isEqualTo(1_000);
        assertThat(inventory.physical(CoreSet.of(24, 43, 47))).isEqualTo(CoreSet.of(0, 1));
    }

    @Test
    void this_machine_can_be_read() {
        MachineInventory inventory = MachineInventory.read(
                Path.of("/"), new InventorySettings(CoreSet.EMPTY, 100, true, OverProvisioning.NONE));

        assertThat(inventory.nodes()).isNotEmpty().allMatch(node -> node.memoryInMb() > 0);
    }
}
