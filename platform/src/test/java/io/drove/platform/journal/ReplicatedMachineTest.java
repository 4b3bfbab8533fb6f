package io.drove.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

class ReplicatedMachineTest {
    private final RecordingMachine recording = new RecordingMachine();
    private final ReplicatedMachine machine =
            new ReplicatedMachine(recording, new Leadership(recording), RaftSettings.single(Path.of("unused"), 0));

    @Test
    void a_batch_that_the_log_gave_a_later_term_is_skipped_on_every_peer() {
        Message old = apply(1, 7, new LogEntry(6, JournalContract.bytes("decided before")).encode());
        Message current = apply(2, 7, new LogEntry(7, JournalContract.bytes("decided now")).encode());

        assertThat(old).isSameAs(ReplicatedMachine.STALE);
        assertThat(current).isNotSameAs(ReplicatedMachine.STALE);
        assertThat(recording.batches()).containsExactly("decided now");
    }

    @Test
    void an_entry_of_a_later_version_stops_the_peer_and_says_why() {
        ByteString unknown = ByteString.copyFrom(new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 7, 1});

        assertThatThrownBy(() -> apply(1, 7, unknown))
                .isInstanceOf(JournalUnusable.class)
                .hasMessageContaining("version 2");
        assertThat(machine.failure()).isPresent();
    }

    private Message apply(long index, long term, ByteString data) {
        LogEntryProto entry = LogEntryProto.newBuilder()
                .setIndex(index)
                .setTerm(term)
                .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder().setLogData(data))
                .build();
        return machine.applyTransaction(TransactionContext.newBuilder()
                        .setServerRole(RaftPeerRole.FOLLOWER)
                        .setStateMachine(machine)
                        .setLogEntry(entry)
                        .build())
                .join();
    }
}
