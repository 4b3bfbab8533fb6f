package io.drove.controller.journal;

import io.drove.core.contract.StopReason;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import java.io.IOException;

/** A live instance of a snapshot, which has a million of them: the fields in their order; {@code ""} where nobody asked for its stop. */
final class InstanceBytes {
    private InstanceBytes() {}

    static void write(InstanceRecord instance, RecordOutput out) throws IOException {
        out.writeId(instance.id());
        out.writeRecurring(instance.app().value());
        out.writeRecurring(instance.executor().value());
        out.writeAllocation(instance.allocation());
        out.writeRecurring(instance.phase().name());
        out.writePorts(instance.ports());
        out.writeText(instance.error());
        StopReason stopReason = instance.stopReason();
        out.writeRecurring(stopReason == null ? "" : stopReason.name());
        out.writeLong(instance.created());
        out.writeLong(instance.updated());
    }

    static InstanceRecord read(RecordInput in) throws IOException {
        var id = in.readId();
        var app = in.readApp();
        var executor = in.readExecutor();
        var allocation = in.readAllocation();
        Phase phase = in.readName(Phase.class);
        var ports = in.readPorts();
        String error = in.readText();
        String stopReason = in.readRecurring();
        return new InstanceRecord(
                id,
                app,
                executor,
                allocation,
                phase,
                ports,
                error,
                stopReason.isEmpty() ? null : RecordInput.named(StopReason.class, stopReason),
                in.readLong(),
                in.readLong());
    }
}
