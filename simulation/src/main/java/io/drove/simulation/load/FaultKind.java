package io.drove.simulation.load;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can go wrong. */
public enum FaultKind {
    EXECUTOR_KILL,
    EXECUTOR_RESTART,
    EXECUTOR_PAUSE,
    MACHINE_LOSS,
    CONTROLLER_KILL,
    CONTROLLER_PAUSE,
    /** Any process, for no longer than 5 s: nothing may be replaced because of it. */
    BRIEF_PAUSE,
    LEADER_MOVE,
    PARTITION,
    ONE_WAY,
    FLAPPING,
    CONTROLLER_PARTITION,
    LOST_FRAMES,
    DOUBLED_FRAMES,
    SLOW_NETWORK,
    BROKEN_LINES,
    ENGINE_HANG,
    ENGINE_RESTART,
    TAKEN_PORTS,
    CONTAINER_KILL,
    CLOCK_JUMP,
    SLOW_DISK,
    LATE_COMMIT,
    REFUSED_APPEND,
    BAD_APPS,
    ALL_KILLED;

    /** {@code all}, {@code none}, or names with commas, in lower case and with dashes. */
    public static Set<FaultKind> parse(String text) {
        EnumSet<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        if (text.equals("all")) {
            return EnumSet.allOf(FaultKind.class);
        }
        if (!text.equals("none")) {
            for (String name : text.split(",")) {
                kinds.add(valueOf(name.trim().toUpperCase(Locale.ROOT).replace('-', '_')));
            }
        }
        return kinds;
    }

    /** As {@link #parse} reads it. */
    public static String print(Set<FaultKind> kinds) {
        return kinds.isEmpty()
                ? "none"
                : kinds.stream()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.joining(","));
    }
}
