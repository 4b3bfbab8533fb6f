package io.drove.controller.journal;

import io.drove.core.contract.OperationCounts;
import io.drove.core.state.SnapshotPart;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OpSpec;
import io.drove.model.app.OperationState;
import io.drove.model.time.TimeSpan;
import io.drove.model.wire.SpecParts;
import java.io.IOException;

/** Parts of operations, of which there are as many as apps: the fields in their order. */
final class OperationBytes {
    private OperationBytes() {}

    static void write(OpSpec how, RecordOutput out) throws IOException {
        out.writeLong(how.timeout().count());
        out.writeRecurring(how.timeout().unit().name());
        out.writeInt(how.parallelism());
        out.writeRecurring(how.failureStrategy().name());
    }

    static OpSpec readHow(RecordInput in) throws IOException {
        TimeSpan timeout = new TimeSpan(in.readLong(), in.readName(TimeSpan.Unit.class));
        return SpecParts.shared(new OpSpec(timeout, in.readInt(), in.readName(FailureStrategy.class)));
    }

    static void write(OperationCounts counts, RecordOutput out) throws IOException {
        out.writeInt(counts.wanted());
        out.writeInt(counts.done());
        out.writeInt(counts.failed());
    }

    static OperationCounts readCounts(RecordInput in) throws IOException {
        return new OperationCounts(in.readInt(), in.readInt(), in.readInt());
    }

    /** One that is over, of a snapshot; its counts must be known. */
    static void write(SnapshotPart.EndedOperation operation, OperationCounts counts, RecordOutput out)
            throws IOException {
        out.writeId(operation.id());
        out.writeRecurring(operation.app().value());
        out.writeRecurring(operation.type());
        write(operation.how(), out);
        out.writeRecurring(operation.state().name());
        out.writeText(operation.reason());
        out.writeLong(operation.created());
        out.writeLong(operation.ended());
        write(counts, out);
    }

    static SnapshotPart.EndedOperation read(RecordInput in) throws IOException {
        return new SnapshotPart.EndedOperation(
                in.readOperation(),
                in.readApp(),
                in.readRecurring(),
                readHow(in),
                in.readName(OperationState.class),
                in.readText(),
                in.readLong(),
                in.readLong(),
                readCounts(in));
    }
}
