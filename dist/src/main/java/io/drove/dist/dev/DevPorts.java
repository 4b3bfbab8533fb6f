package io.drove.dist.dev;

import static io.drove.model.Assertion.require;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ports of a development cluster: fixed numbers, moved together by an offset so that several clusters fit on one machine. */
record DevPorts(int offset) {
    /** Keeps the highest port below the kernel's ephemeral range (32768 and up). */
    static final int OFFSET_MAX = 21_000;

    DevPorts {
        require(offset >= 0 && offset <= OFFSET_MAX, "port offset must be 0 to %d, was %d", OFFSET_MAX, offset);
    }

    int api() {
        return 10_000 + offset;
    }

    int controllerAdmin() {
        return 10_001 + offset;
    }

    int raft() {
        return 10_002 + offset;
    }

    int executor() {
        return 11_000 + offset;
    }

    int executorAdmin() {
        return 11_001 + offset;
    }

    /** Port to what it is for, in a fixed order. */
    Map<Integer, String> purposes() {
        Map<Integer, String> purposes = new LinkedHashMap<>();
        purposes.put(api(), "controller API");
        purposes.put(controllerAdmin(), "controller admin");
        purposes.put(raft(), "controller raft");
        purposes.put(executor(), "executor");
        purposes.put(executorAdmin(), "executor admin");
        return purposes;
    }
}
