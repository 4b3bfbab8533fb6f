package io.drove.dist.dev;

import static io.drove.model.Assertion.require;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ports of a development cluster: fixed numbers, moved together by an offset so that several clusters fit on one machine. */
record DevPorts(int offset) {
    /** Keeps our own ports below those of instances. */
    static final int OFFSET_MAX = 8_900;

    private static final int HOST_PORTS_FIRST = 20_000;
    private static final int HOST_PORTS = 500;
    private static final int HOST_PORT_STRETCHES = 24;

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

    /** Instances' ports: a stretch for each hundred of the offset, so that neighbours rarely try the same one. */
    int firstHostPort() {
        return HOST_PORTS_FIRST + offset / 100 % HOST_PORT_STRETCHES * HOST_PORTS;
    }

    int lastHostPort() {
        return firstHostPort() + HOST_PORTS - 1;
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
