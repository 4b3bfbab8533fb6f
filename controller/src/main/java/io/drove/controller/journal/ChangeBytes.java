package io.drove.controller.journal;

import io.drove.core.contract.Change;
import io.drove.core.contract.OperationCounts;
import io.drove.core.contract.StopReason;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.OperationState;
import io.drove.model.instance.InstanceState;
import io.drove.model.wire.SpecBytes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Changes as their kind (1 byte) and their fields in their order, for what happens to each of a million instances or each of a hundred thousand apps; all others as 0,
 * length and Smile. The spec of the first app that is registered in a batch is whole, of those after it there is the difference from the one before; the
 * creation of the app that was registered right before does not repeat its spec.
 */
final class ChangeBytes {
    private static final int SMILE = 0;
    private static final int PLACED = 1;
    private static final int HEALTHY = 2;
    private static final int CONDEMNED = 3;
    private static final int ENDED = 4;
    // Since version 2 of the batch.
    private static final int REGISTERED = 5;
    private static final int CREATION = 6;
    private static final int DESIRED = 7;
    private static final int OPERATION_ENDED = 8;
    // Since version 3.
    private static final int REGISTERED_DIFFERENCE = 9;

    private final ObjectWriter smileWriter = JournalMapper.SMILE.writerFor(Change.class);
    private final ObjectReader smileReader = JournalMapper.SMILE.readerFor(Change.class);

    /** Writes the changes of one batch. */
    final class Writing {
        private final RecordOutput out;
        private @Nullable AppSpec registered;

        Writing(RecordOutput out) {
            this.out = out;
        }

        void write(Change change) throws IOException {
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
                case Change.AppRegistered fact -> {
                    out.writeByte(registered == null ? REGISTERED : REGISTERED_DIFFERENCE);
                    out.writeBytes(SpecBytes.written(fact.spec(), registered));
                    out.writeLong(fact.at());
                    registered = fact.spec();
                }
                case Change.OperationStarted fact when isCreation(fact) -> creation(fact);
                case Change.DesiredSet fact -> {
                    out.writeByte(DESIRED);
                    out.writeRecurring(fact.app().value());
                    out.writeInt(fact.desired());
                    out.writeLong(fact.at());
                }
                case Change.OperationEnded fact when fact.counts() != null -> operationEnded(fact, fact.counts());
                case Change other -> {
                    out.writeByte(SMILE);
                    out.writeBytes(smileWriter.writeValueAsBytes(other));
                }
            }
        }

        /** Whether it makes the app that was registered last, and nothing else. */
        @SuppressWarnings("ReferenceEquality")
        private boolean isCreation(Change.OperationStarted fact) {
            return fact.what() instanceof AppOperation.Create create
                    && create.spec() == registered
                    && fact.targets().isEmpty();
        }

        private void creation(Change.OperationStarted fact) throws IOException {
            AppOperation.Create create = (AppOperation.Create) fact.what();
            out.writeByte(CREATION);
            out.writeId(fact.operation());
            out.writeInt(create.instances());
            OperationBytes.write(create.opSpec(), out);
            out.writeInt(fact.desiredBefore());
            out.writeLong(fact.at());
        }

        private void operationEnded(Change.OperationEnded fact, OperationCounts counts) throws IOException {
            out.writeByte(OPERATION_ENDED);
            out.writeId(fact.operation());
            out.writeRecurring(fact.app().value());
            out.writeRecurring(fact.state().name());
            out.writeText(fact.reason());
            out.writeLong(fact.at());
            OperationBytes.write(counts, out);
        }
    }

    /** Reads the changes of one batch. */
    final class Reading {
        private final RecordInput in;
        private @Nullable AppSpec registered;

        Reading(RecordInput in) {
            this.in = in;
        }

        Change read() throws IOException {
            byte kind = in.readByte();
            return switch (kind) {
                case SMILE -> smileReader.readValue(in.readBytes());
                case PLACED ->
                    new Change.InstancePlaced(
                            in.readId(), in.readApp(), in.readExecutor(), in.readAllocation(), in.readLong());
                case HEALTHY -> new Change.InstanceHealthy(in.readId(), in.readApp(), in.readPorts(), in.readLong());
                case CONDEMNED ->
                    new Change.InstanceCondemned(
                            in.readId(), in.readApp(), in.readName(StopReason.class), in.readLong());
                case ENDED ->
                    new Change.InstanceEnded(
                            in.readId(), in.readApp(), in.readName(InstanceState.class), in.readText(), in.readLong());
                case REGISTERED -> registration(null);
                case REGISTERED_DIFFERENCE -> registration(before("told by its difference from one"));
                case CREATION -> creation();
                case DESIRED -> new Change.DesiredSet(in.readApp(), in.readInt(), in.readLong());
                case OPERATION_ENDED ->
                    new Change.OperationEnded(
                            in.readOperation(),
                            in.readApp(),
                            in.readName(OperationState.class),
                            in.readText(),
                            in.readLong(),
                            OperationBytes.readCounts(in));
                default -> throw new JournalFormatException("changes of kind " + kind + " are not known");
            };
        }

        private Change registration(@Nullable AppSpec before) throws IOException {
            AppSpec spec = SpecBytes.read(in.readBytes(), before);
            registered = spec;
            return new Change.AppRegistered(spec, in.readLong());
        }

        private AppSpec before(String what) {
            if (registered == null) {
                throw new JournalFormatException("an app is " + what + " that was not registered before");
            }
            return registered;
        }

        private Change creation() throws IOException {
            AppSpec spec = before("created");
            return new Change.OperationStarted(
                    in.readOperation(),
                    new AppOperation.Create(spec, in.readInt(), OperationBytes.readHow(in)),
                    List.of(),
                    in.readInt(),
                    in.readLong());
        }
    }
}
