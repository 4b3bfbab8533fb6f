package io.drove.executor.inventory;

import io.drove.model.resource.CoreSet;

/**
 * What the operator says about this machine's resources.
 *
 * @param osCores physical cores that are kept back
 * @param exposedMemoryPercentage 50 to 100
 * @param hasNumaPinning false merges all nodes into node 0
 */
public record InventorySettings(
        CoreSet osCores, int exposedMemoryPercentage, boolean hasNumaPinning, OverProvisioning overProvisioning) {}
