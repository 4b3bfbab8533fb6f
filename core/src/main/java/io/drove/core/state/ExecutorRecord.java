package io.drove.core.state;

import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.vavr.collection.HashMap;

/**
 * An executor that joined once.
 *
 * @param lost whether it has been silent for too long
 * @param instances live instances that are placed on it, with their apps
 * @param ghosts instances given up, and strangers, that may still run there, with what they hold (nothing is known of a stranger)
 * @param used what instances and ghosts hold, kept up to date instead of summed up
 * @param updated wall time in milliseconds at which it joined, was lost or came back
 */
public record ExecutorRecord(
        ExecutorId id,
        String digest,
        ExecutorInventory inventory,
        boolean lost,
        HashMap<InstanceId, AppId> instances,
        HashMap<InstanceId, Allocation> ghosts,
        Usage used,
        long updated) {
    private static final Allocation NOTHING = new Allocation(0, CoreSet.EMPTY, 0);

    ExecutorRecord known(String newDigest, ExecutorInventory newInventory, long at) {
        return new ExecutorRecord(id, newDigest, newInventory, lost, instances, ghosts, used, at);
    }

    ExecutorRecord lost(boolean isLost, long at) {
        return new ExecutorRecord(id, digest, inventory, isLost, instances, ghosts, used, at);
    }

    /** Whether it is lost and holds live instances. */
    boolean isLostHolder() {
        return lost && !instances.isEmpty();
    }

    ExecutorRecord with(InstanceId instance, AppId app, Allocation allocation) {
        return holding(instances.put(instance, app), ghosts, used.plus(allocation));
    }

    ExecutorRecord without(InstanceId instance, Allocation allocation) {
        return holding(instances.remove(instance), ghosts, used.minus(allocation));
    }

    /** An instance that was given up; it holds what it held. */
    ExecutorRecord haunted(InstanceId instance, Allocation held) {
        return holding(instances.remove(instance), ghosts.put(instance, held), used);
    }

    /** Somebody of whom nothing is known. */
    ExecutorRecord haunted(InstanceId stranger) {
        return holding(instances, ghosts.put(stranger, NOTHING), usedWithoutGhost(stranger));
    }

    ExecutorRecord freed(InstanceId ghost) {
        return holding(instances, ghosts.remove(ghost), usedWithoutGhost(ghost));
    }

    private Usage usedWithoutGhost(InstanceId ghost) {
        return used.minus(ghosts.getOrElse(ghost, NOTHING));
    }

    private ExecutorRecord holding(
            HashMap<InstanceId, AppId> newInstances, HashMap<InstanceId, Allocation> newGhosts, Usage newUsed) {
        return new ExecutorRecord(id, digest, inventory, lost, newInstances, newGhosts, newUsed, updated);
    }
}
