package io.drove.controller.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link RecordOutput} wrote: {@link JournalFormatException} for what it cannot have written, {@link IllegalArgumentException} for values that no record takes, {@link
 * EOFException} when it ends too early.
 */
final class RecordInput {
    private static final int PORTS_MAX = 1 << 16;
    private static final int CORES_MAX = 1 << 16;
    private static final int TEXTS_MAX = 1 << 22;

    /** Larger than any text, blob or part of a snapshot; specs are the largest. */
    static final int BYTES_MAX = 32 << 20;

    private final DataInputStream in;
    private final List<String> texts = new ArrayList<>();
    // The same value for each of a thousand instances.
    private final Map<String, AppId> apps = new HashMap<>();
    private final Map<String, ExecutorId> executors = new HashMap<>();

    RecordInput(InputStream in) {
        this.in = new DataInputStream(in);
    }

    byte readByte() throws IOException {
        return in.readByte();
    }

    int readInt() throws IOException {
        return in.readInt();
    }

    long readLong() throws IOException {
        return in.readLong();
    }

    byte[] readBytes() throws IOException {
        return readBytes(readCount(BYTES_MAX, "bytes"));
    }

    byte[] readBytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    String readText() throws IOException {
        return new String(readBytes(), UTF_8);
    }

    String readRecurring() throws IOException {
        int number = in.readInt();
        if (number >= 0 && number < texts.size()) {
            return texts.get(number);
        }
        if (number != texts.size() || number >= TEXTS_MAX) {
            throw new JournalFormatException("text " + number + " is named, " + texts.size() + " are known");
        }
        String text = readText();
        texts.add(text);
        return text;
    }

    <E extends Enum<E>> E readName(Class<E> type) throws IOException {
        return named(type, readRecurring());
    }

    static <E extends Enum<E>> E named(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException unknown) {
            throw new JournalFormatException("'" + name + "' is no " + type.getSimpleName(), unknown);
        }
    }

    InstanceId readId() throws IOException {
        return new InstanceId(readName(InstanceId.Kind.class), in.readLong(), in.readLong());
    }

    OperationId readOperation() throws IOException {
        return new OperationId(in.readLong(), in.readLong());
    }

    AppId readApp() throws IOException {
        return apps.computeIfAbsent(readRecurring(), AppId::new);
    }

    ExecutorId readExecutor() throws IOException {
        return executors.computeIfAbsent(readRecurring(), ExecutorId::new);
    }

    Allocation readAllocation() throws IOException {
        int numaNode = in.readInt();
        int[] cores = new int[readCount(CORES_MAX, "cores")];
        for (int i = 0; i < cores.length; i++) {
            cores[i] = in.readInt();
        }
        long memory = in.readLong();
        return new Allocation(numaNode, CoreSet.of(cores), memory);
    }

    List<PortBinding> readPorts() throws IOException {
        int count = readCount(PORTS_MAX, "ports");
        List<PortBinding> ports = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            ports.add(new PortBinding(readRecurring(), in.readInt(), in.readInt(), readName(PortType.class)));
        }
        return ports;
    }

    int readCount(int max, String what) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > max) {
            throw new JournalFormatException("a record claims " + count + " " + what);
        }
        return count;
    }
}
