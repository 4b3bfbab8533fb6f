package io.drove.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader that lets go of what was read. Helidon's keeps its buffers in a chain, each of which refers to the next: once one of a long connection is old to the collector, all that come after
 * it are kept and copied until the whole heap is looked at. So a reader of which all is read is replaced by a new one. For the connection's thread alone.
 */
final class ForgetfulReader extends DataReader {
    private final Supplier<byte @Nullable []> inbound;
    private DataReader reader;

    // The constructor will be private one day. Then readers are Helidon's own again, at the price of memory alone.
    @SuppressWarnings("removal")
    ForgetfulReader(Supplier<byte @Nullable []> inbound) {
        super(inbound);
        this.inbound = inbound;
        this.reader = DataReader.create(inbound);
    }

    /** The one to read from: a new one when all of the last one is read. */
    DataReader reader() {
        if (reader.available() == 0) {
            reader = DataReader.create(inbound);
        }
        return reader;
    }

    @Override
    public int available() {
        return reader.available();
    }

    @Override
    public void pullData() {
        reader().pullData();
    }

    @Override
    public void skip(int bytes) {
        reader().skip(bytes);
    }

    @Override
    public void ensureAvailable() {
        reader().ensureAvailable();
    }

    @Override
    public byte read() {
        return reader().read();
    }

    @Override
    public byte lookup() {
        return reader().lookup();
    }

    @Override
    public boolean startsWithNewLine() {
        return reader().startsWithNewLine();
    }

    @Override
    public boolean startsWith(byte[] prefix) {
        return reader().startsWith(prefix);
    }

    @Override
    public BufferData readBuffer() {
        return reader().readBuffer();
    }

    @Override
    public BufferData readBuffer(int length) {
        return reader().readBuffer(length);
    }

    @Override
    public BufferData getBuffer(int length) {
        return reader().getBuffer(length);
    }

    @Override
    public LazyString readLazyString(Charset charset, int length) {
        return reader().readLazyString(charset, length);
    }

    @Override
    public String readAsciiString(int length) {
        return reader().readAsciiString(length);
    }

    @Override
    public byte[] readBytes(int length) {
        return reader().readBytes(length);
    }

    @Override
    public String readLine() {
        return reader().readLine();
    }

    @Override
    public int findOrNewLine(byte wanted, int max) {
        return reader().findOrNewLine(wanted, max);
    }

    @Override
    public String debugDataHex() {
        return reader.debugDataHex();
    }

    @Override
    public int findNewLine(int max) {
        return reader().findNewLine(max);
    }
}
