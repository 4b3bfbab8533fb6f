package io.drove.controller.api;

import io.drove.platform.security.Caller;
import io.drove.platform.security.Role;

/** What an endpoint asks of its caller (reference 2). */
enum Right {
    /** Anyone who is known, whatever the role; processes of the cluster too. Endpoints that change nothing. */
    READ,
    /** People who may change things. */
    WRITE,
    /** People who may read what workloads wrote. */
    READ_LOGS,
    /** Processes of the cluster alone. */
    CLUSTER;

    /** Whether this caller has it. Roles include each other as {@link Role#includes} says; without a role there is {@link #READ} only. */
    boolean isGrantedTo(Caller caller, boolean isReadAuthDisabled) {
        return switch (this) {
            case READ -> true;
            case WRITE -> caller.may(Role.EXTERNAL_READ_WRITE);
            case READ_LOGS -> isReadAuthDisabled || caller.may(Role.EXTERNAL_READ_ONLY);
            case CLUSTER -> caller.role() == Role.CLUSTER_NODE;
        };
    }
}
