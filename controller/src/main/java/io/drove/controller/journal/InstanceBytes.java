package io.drove.controller.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drove.core.contract.StopReason;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Live instances of a snapshot, which has a million of them: about 70 bytes each and a microsecond, a fifth and a tenth of what Smile takes. The fields of {@link
 * InstanceRecord} in their order; enums by name; a text that recurs (an app, an executor, a port's name) is written once, and from then on as its number.
 */
final class InstanceBytes {
    private static final int PORTS_MAX = 1 << 16;
    private static final int CORES_MAX = 1 << 16;
    private static final int TEXT_BYTES_MAX = 1 << 20;
    private static final int TEXTS_MAX = 1 << 22;

    private InstanceBytes() {}

    /** Writes instances of one snapshot, one after another. */
    static final class Writer {
        private final DataOutputStream out;
        private final Map<String, Integer> numbers = new HashMap<>();

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void write(InstanceRecord instance) throws IOException {
            recurring(instance.id().kind().name());
            out.writeLong(instance.id().high());
            out.writeLong(instance.id().low());
            recurring(instance.app().value());
            recurring(instance.executor().value());
            write(instance.allocation());
            recurring(instance.phase().name());
            out.writeInt(instance.ports().size());
            for (PortBinding port : instance.ports()) {
                recurring(port.name());
                out.writeInt(port.containerPort());
                out.writeInt(port.hostPort());
                recurring(port.type().name());
            }
            text(instance.error());
            StopReason stopReason = instance.stopReason();
            recurring(stopReason == null ? "" : stopReason.name());
            out.writeLong(instance.created());
            out.writeLong(instance.updated());
        }

        private void write(Allocation allocation) throws IOException {
            out.writeInt(allocation.numaNode());
            out.writeInt(allocation.cores().size());
            for (int i = 0; i < allocation.cores().size(); i++) {
                out.writeInt(allocation.cores().at(i));
            }
            out.writeLong(allocation.memoryInMb());
        }

        private void recurring(String text) throws IOException {
            Integer known = numbers.get(text);
            if (known != null) {
                out.writeInt(known);
                return;
            }
            out.writeInt(numbers.size());
            numbers.put(text, numbers.size());
            text(text);
        }

        private void text(String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Reads what a {@link Writer} wrote. */
    static final class Reader {
        private final DataInputStream in;
        private final List<String> texts = new ArrayList<>();
        // The same value for each of a thousand instances.
        private final Map<String, AppId> apps = new HashMap<>();
        private final Map<String, ExecutorId> executors = new HashMap<>();

        Reader(DataInputStream in) {
            this.in = in;
        }

        /** @throws JournalFormatException if it is no instance; {@link EOFException} if it ends too early */
        InstanceRecord read() throws IOException {
            InstanceId id = new InstanceId(named(InstanceId.Kind.class, recurring()), in.readLong(), in.readLong());
            AppId app = apps.computeIfAbsent(recurring(), AppId::new);
            ExecutorId executor = executors.computeIfAbsent(recurring(), ExecutorId::new);
            Allocation allocation = readAllocation();
            Phase phase = named(Phase.class, recurring());
            List<PortBinding> ports = new ArrayList<>(1);
            for (int left = count(PORTS_MAX, "ports"); left > 0; left--) {
                ports.add(new PortBinding(recurring(), in.readInt(), in.readInt(), named(PortType.class, recurring())));
            }
            String error = text();
            String stopReason = recurring();
            return new InstanceRecord(
                    id,
                    app,
                    executor,
                    allocation,
                    phase,
                    ports,
                    error,
                    stopReason(stopReason),
                    in.readLong(),
                    in.readLong());
        }

        private static @Nullable StopReason stopReason(String name) {
            return name.isEmpty() ? null : named(StopReason.class, name);
        }

        private Allocation readAllocation() throws IOException {
            int numaNode = in.readInt();
            int[] cores = new int[count(CORES_MAX, "cores")];
            for (int i = 0; i < cores.length; i++) {
                cores[i] = in.readInt();
            }
            long memory = in.readLong();
            try {
                return new Allocation(numaNode, CoreSet.of(cores), memory);
            } catch (IllegalArgumentException | AssertionError impossible) {
                throw new JournalFormatException("an instance has an impossible allocation", impossible);
            }
        }

        private String recurring() throws IOException {
            int number = in.readInt();
            if (number >= 0 && number < texts.size()) {
                return texts.get(number);
            }
            if (number != texts.size() || number >= TEXTS_MAX) {
                throw new JournalFormatException("text " + number + " is named, " + texts.size() + " are known");
            }
            String text = text();
            texts.add(text);
            return text;
        }

        private String text() throws IOException {
            int length = count(TEXT_BYTES_MAX, "bytes of text");
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            return new String(bytes, UTF_8);
        }

        private int count(int max, String what) throws IOException {
            int count = in.readInt();
            if (count < 0 || count > max) {
                throw new JournalFormatException("an instance claims " + count + " " + what);
            }
            return count;
        }

        private static <E extends Enum<E>> E named(Class<E> type, String name) {
            try {
                return Enum.valueOf(type, name);
            } catch (IllegalArgumentException unknown) {
                throw new JournalFormatException(name + " is no " + type.getSimpleName(), unknown);
            }
        }
    }
}
