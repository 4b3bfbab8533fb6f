package io.drove.model.wire;

import io.drove.model.app.AppState;
import io.drove.model.id.AppId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An app in a list. Cores and memory (MB) are one instance's times {@code requiredInstances}, as in the original; times in milliseconds
 * since the epoch.
 *
 * @param notPlaced why instances wait for a place, in words; absent when none does
 */
public record AppSummary(
        AppId id,
        String name,
        long requiredInstances,
        long healthyInstances,
        long totalCPUs,
        long totalMemory,
        Map<String, String> tags,
        AppState state,
        long created,
        long updated,
        @Nullable String notPlaced) {}
