package io.drove.platform.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection as Helidon knows it, except that what is read comes, and what is written goes, within a deadline: {@link Inbound}, {@link Outbound}. */
record TimedContext(ConnectionContext given, Connection connection, DataReader dataReader, DataWriter dataWriter)
        implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
        return given.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return given.executor();
    }

    @Override
    public Router router() {
        return given.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return given.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return given.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return given.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return given.localPeer();
    }

    @Override
    public boolean isSecure() {
        return given.isSecure();
    }

    @Override
    public String socketId() {
        return given.socketId();
    }

    @Override
    public String childSocketId() {
        return given.childSocketId();
    }
}
