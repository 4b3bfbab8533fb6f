package io.drove.controller.journal;

import io.drove.core.contract.Change;
import io.drove.core.contract.StopReason;
import io.drove.model.instance.InstanceState;
import java.io.IOException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** A change as its kind (1 byte) and its fields in their order, for what happens to each of a million instances; all others as 0, length and Smile. */
final class ChangeBytes {
    private static final int SMILE = 0;
    private static final int PLACED = 1;
    private static final int HEALTHY = 2;
    private static final int CONDEMNED = 3;
    private static final int ENDED = 4;

    private final ObjectWriter writer = JournalMapper.SMILE.writerFor(Change.class);
    private final ObjectReader reader = JournalMapper.SMILE.readerFor(Change.class);

    void write(Change change, RecordOutput out) throws IOException {
        switch (change) {
            case Change.InstancePlaced fact -> {
                out.writeByte(PLACED);
                out.writeId(fact.instance());
                out.writeRecurring(fact.app().value());
                out.writeRecurring(fact.executor().value());
                out.writeAllocation(fact.allocation());
                out.writeLong(fact.at());
            }
            case Change.InstanceHealthy fact -> {
                out.writeByte(HEALTHY);
                out.writeId(fact.instance());
                out.writeRecurring(fact.app().value());
                out.writePorts(fact.ports());
                out.writeLong(fact.at());
            }
            case Change.InstanceCondemned fact -> {
                out.writeByte(CONDEMNED);
                out.writeId(fact.instance());
                out.writeRecurring(fact.app().value());
                out.writeRecurring(fact.reason().name());
                out.writeLong(fact.at());
            }
            case Change.InstanceEnded fact -> {
                out.writeByte(ENDED);
                out.writeId(fact.instance());
                out.writeRecurring(fact.app().value());
                out.writeRecurring(fact.state().name());
                out.writeText(fact.error());
                out.writeLong(fact.at());
            }
            case Change other -> {
                out.writeByte(SMILE);
                out.writeBytes(writer.writeValueAsBytes(other));
            }
        }
    }

    Change read(RecordInput in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case SMILE -> reader.readValue(in.readBytes());
            case PLACED ->
                new Change.InstancePlaced(
                        in.readId(), in.readApp(), in.readExecutor(), in.readAllocation(), in.readLong());
            case HEALTHY -> new Change.InstanceHealthy(in.readId(), in.readApp(), in.readPorts(), in.readLong());
            case CONDEMNED ->
                new Change.InstanceCondemned(in.readId(), in.readApp(), in.readName(StopReason.class), in.readLong());
            case ENDED ->
                new Change.InstanceEnded(
                        in.readId(), in.readApp(), in.readName(InstanceState.class), in.readText(), in.readLong());
            default -> throw new JournalFormatException("changes of kind " + kind + " are not known");
        };
    }
}
