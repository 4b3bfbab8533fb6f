package io.drove.platform.journal;

import io.drove.platform.process.PortHolder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal over Apache Ratis, inside this process. A batch is durable when a majority of the peers has synced it to disk.
 *
 * <p>Appends complete on the journal's own threads: hand the news over, do not work there.
 */
public final class RaftJournal implements Journal {
    private static final RaftGroupId GROUP =
            RaftGroupId.valueOf(UUID.nameUUIDFromBytes("journal".getBytes(StandardCharsets.UTF_8)));

    private static final Logger LOG = LoggerFactory.getLogger(RaftJournal.class);

    private final RaftSettings settings;
    private final RaftPeerId self;
    private final Window window;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile @Nullable Running running;

    /** What there is between start and close. */
    private record Running(RaftServer server, ReplicatedMachine machine, Leadership leadership) {}

    public RaftJournal(RaftSettings settings) {
        this.settings = settings;
        this.self = RaftPeerId.valueOf(settings.self());
        this.window = new Window(settings.maxBatches(), settings.maxBytes());
    }

    @Override
    public void start(StateMachine machine, LeadershipListener listener) {
        if (running != null || isClosed.get()) {
            throw new IllegalStateException("a journal starts once");
        }
        if (!settings.isAlone()) {
            requirePort();
        }
        Leadership leadership = new Leadership(listener);
        ReplicatedMachine replicated = new ReplicatedMachine(machine, leadership, settings);
        @Nullable RaftServer server = null;
        try {
            Files.createDirectories(settings.directory());
            server = build(replicated);
            running = new Running(server, replicated, leadership);
            server.start();
        } catch (IOException | RuntimeException e) {
            running = null;
            closeQuietly(server);
            throw replicated
                    .failure()
                    .orElseGet(() -> new JournalUnusable(
                            "the journal in " + settings.directory() + " cannot start: " + e.getMessage()
                                    + "; see that no other process uses it and that the disk can be written",
                            e));
        }
    }

    private RaftServer build(ReplicatedMachine machine) throws IOException {
        List<RaftPeer> peers = settings.peers().stream()
                .map(peer -> RaftPeer.newBuilder()
                        .setId(peer.id())
                        .setAddress(peer.host() + ":" + peer.port())
                        .build())
                .toList();
        return RaftServer.newBuilder()
                .setServerId(self)
                .setGroup(RaftGroup.valueOf(GROUP, peers))
                .setProperties(RatisProperties.of(settings))
                .setStateMachine(machine)
                .setOption(RaftStorage.StartupOption.RECOVER)
                .build();
    }

    @Override
    public CompletionStage<Long> append(long term, byte[] batch) {
        Running now = running;
        if (now == null || isClosed.get()) {
            return refused("the journal is closed");
        }
        if (!now.leadership().leads(term)) {
            return refused("this peer does not lead term " + term);
        }
        if (batch.length > RaftSettings.MAX_BATCH_BYTES) {
            return refused("a batch has at most " + RaftSettings.MAX_BATCH_BYTES + " bytes, this one " + batch.length);
        }
        if (!window.enter(batch.length)) {
            return refused("too many appends under way; wait for one to complete");
        }
        long call = calls.incrementAndGet();
        ReplicatedMachine.Pending append = new ReplicatedMachine.Pending();
        now.machine().expect(call, append);
        submit(now.server(), request(call, term, batch)).whenComplete((reply, failure) -> {
            now.machine().forget(call);
            window.leave(batch.length);
            settle(append, reply, failure);
        });
        return append.result;
    }

    private RaftClientRequest request(long call, long term, byte[] batch) {
        return RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(self)
                .setGroupId(GROUP)
                .setCallId(call)
                .setMessage(Message.valueOf(new LogEntry(term, batch).encode()))
                .setType(RaftClientRequest.writeRequestType())
                .build();
    }

    /** Returns when the batch is in the local log or refused, so that one thread's batches keep their order. */
    private static CompletableFuture<RaftClientReply> submit(RaftServer server, RaftClientRequest request) {
        try {
            return server.submitClientRequestAsync(request);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void settle(
            ReplicatedMachine.Pending append, @Nullable RaftClientReply reply, @Nullable Throwable failure) {
        if (reply == null || !reply.isSuccess()) {
            fail(append, reply == null ? failure : reply.getException());
        } else if (reply.getMessage().getContent().equals(ReplicatedMachine.STALE.getContent())) {
            append.result.completeExceptionally(JournalException.notAppended(
                    "the batch was decided in a term that had ended; every peer skips it"));
        } else {
            append.result.complete(reply.getLogIndex());
        }
    }

    private static void fail(ReplicatedMachine.Pending append, @Nullable Throwable cause) {
        JournalException.Outcome outcome =
                append.isInLog ? JournalException.Outcome.UNKNOWN : JournalException.Outcome.NOT_APPENDED;
        String message = append.isInLog ? "the batch may commit later" : "the batch was not taken";
        append.result.completeExceptionally(new JournalException(outcome, message, cause));
    }

    @Override
    public CompletionStage<Long> snapshot() {
        Running now = running;
        return now == null || isClosed.get()
                ? refused("the journal is closed")
                : now.machine().snapshot();
    }

    @Override
    public void close() {
        Running now = running;
        if (!isClosed.compareAndSet(false, true) || now == null) {
            return;
        }
        now.leadership().end(() -> Long.MAX_VALUE);
        now.machine().stopSnapshots();
        closeQuietly(now.server());
        now.machine().pending().forEach(append -> fail(append, null));
    }

    private static CompletionStage<Long> refused(String why) {
        return CompletableFuture.failedFuture(JournalException.notAppended(why));
    }

    private static void closeQuietly(@Nullable RaftServer server) {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            // What is synced stays; there is nothing else to save.
            LOG.warn("journal closed with an error", e);
        }
    }

    /** Peers do not authenticate each other, so the port must not be open to others unless that is meant. */
    private void requirePort() {
        RaftSettings.Peer own = settings.own();
        try (ServerSocket socket = new ServerSocket()) {
            if (!settings.isOpenAllowed() && !InetAddress.getByName(own.host()).isLoopbackAddress()) {
                throw new JournalUnusable(
                        "the journal on " + own.host()
                                + " would be reachable by other machines without authentication; "
                                + "bind it to 127.0.0.1, or set raft.allowOpen to true on a network that only peers can use",
                        null);
            }
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(own.host(), own.port()));
        } catch (BindException e) {
            String holder = PortHolder.of(own.port())
                    .map(process -> "process " + process.pid() + " (" + process.command() + ") has it")
                    .orElse("see that the address is this machine's and the port is free");
            throw new JournalUnusable(
                    "the journal cannot listen on " + own.host() + ":" + own.port() + "; " + holder, e);
        } catch (IOException e) {
            throw new JournalUnusable("the journal cannot listen on " + own.host() + ":" + own.port(), e);
        }
    }
}
