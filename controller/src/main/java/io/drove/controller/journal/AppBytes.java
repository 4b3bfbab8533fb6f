package io.drove.controller.journal;

import io.drove.core.state.SnapshotPart;
import io.drove.model.app.AppSpec;
import io.drove.model.id.OperationId;
import io.drove.model.wire.SpecBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An app of a snapshot: the fields in their order, the spec whole or as its difference from the one before, whether an operation runs as 1 or 0 before its id. */
final class AppBytes {
    private static final int OPERATIONS_MAX = 1 << 16;

    private AppBytes() {}

    static void write(SnapshotPart.App app, @Nullable AppSpec before, RecordOutput out) throws IOException {
        out.writeBytes(SpecBytes.written(app.spec(), before));
        out.writeInt(app.desired());
        OperationId running = app.running();
        out.writeByte(running == null ? 0 : 1);
        if (running != null) {
            out.writeId(running);
        }
        out.writeInt(app.operations().size());
        for (OperationId operation : app.operations()) {
            out.writeId(operation);
        }
        out.writeLong(app.created());
        out.writeLong(app.updated());
    }

    static SnapshotPart.App read(RecordInput in, @Nullable AppSpec before) throws IOException {
        AppSpec spec = SpecBytes.read(in.readBytes(), before);
        int desired = in.readInt();
        @Nullable OperationId running = in.readByte() == 0 ? null : in.readOperation();
        int count = in.readCount(OPERATIONS_MAX, "operations");
        List<OperationId> operations = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            operations.add(in.readOperation());
        }
        return new SnapshotPart.App(spec, desired, running, operations, in.readLong(), in.readLong());
    }
}
