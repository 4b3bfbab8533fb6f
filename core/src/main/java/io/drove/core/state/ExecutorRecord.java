package io.drove.core.state;

import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.resource.Allocation;
import io.vavr.collection.HashMap;

/**
 * An executor that joined once.
 *
 * @param lost whether it has been silent for too long
 * @param instances live instances that are placed on it, with their apps
 * @param ghosts instances given up, and strangers, that may still run there, with what they hold (nothing is known of a stranger)
 * @param updated wall time in milliseconds at which it joined, was lost or came back
 */
public record ExecutorRecord(
        ExecutorId id,
        String digest,
        ExecutorInventory inventory,
        boolean lost,
        HashMap<InstanceId, AppId> instances,
        HashMap<InstanceId, Allocation> ghosts,
        long updated) {

    ExecutorRecord known(String newDigest, ExecutorInventory newInventory, long at) {
        return new ExecutorRecord(id, newDigest, newInventory, lost, instances, ghosts, at);
    }

    ExecutorRecord lost(boolean isLost, long at) {
        return new ExecutorRecord(id, digest, inventory, isLost, instances, ghosts, at);
    }

    ExecutorRecord with(InstanceId instance, AppId app) {
        return new ExecutorRecord(id, digest, inventory, lost, instances.put(instance, app), ghosts, updated);
    }

    ExecutorRecord without(InstanceId instance) {
        return new ExecutorRecord(id, digest, inventory, lost, instances.remove(instance), ghosts, updated);
    }

    ExecutorRecord haunted(InstanceId instance, Allocation held) {
        return new ExecutorRecord(
                id, digest, inventory, lost, instances.remove(instance), ghosts.put(instance, held), updated);
    }

    ExecutorRecord freed(InstanceId instance) {
        return new ExecutorRecord(id, digest, inventory, lost, instances, ghosts.remove(instance), updated);
    }
}
