package io.drove.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drove.model.instance.InstanceReport;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Frames between controller and executor as JSON text: {@code {"sequence":7,"frame":{"t":"Stop",…}}}. Reading is strict and bounded; what
 * cannot be understood is a {@link FrameException}. Thread-safe.
 */
public final class SessionCodec {
    /** Limit in characters of a frame that carries a spec, the only one that may be larger than {@link SessionProtocol#FRAME_BYTES_MAX}. */
    public static final int SPEC_FRAME_CHARACTERS_MAX = 16 * 1024 * 1024;

    /** Bytes of a frame around the reports and numbers in it. */
    private static final int FRAME_OVERHEAD_BYTES = 256;

    /** Bytes of one order's number with its comma. */
    private static final int NUMBER_BYTES = 20;

    /** Characters of an instance's error that travel; more would let one instance fill a frame. */
    static final int ERROR_CHARACTERS_MAX = 4096;

    private final ObjectWriter toControllerWriter;
    private final ObjectWriter toExecutorWriter;
    private final ObjectWriter reportWriter;
    private final ObjectReader toControllerReader;
    private final ObjectReader toExecutorReader;

    public SessionCodec() {
        JsonMapper mapper = InternalCodec.json();
        JavaType toController = mapper.getTypeFactory().constructParametricType(Numbered.class, ToController.class);
        JavaType toExecutor = mapper.getTypeFactory().constructParametricType(Numbered.class, ToExecutor.class);
        this.toControllerWriter = mapper.writerFor(toController);
        this.toExecutorWriter = mapper.writerFor(toExecutor);
        this.reportWriter = mapper.writerFor(InstanceReport.class);
        this.toControllerReader = mapper.readerFor(toController);
        this.toExecutorReader = mapper.readerFor(toExecutor);
    }

    public String writeToController(Numbered<ToController> frame) {
        // A report may quote what an engine or a container said; a WebSocket would refuse the whole frame for it.
        return Surrogates.mended(toControllerWriter.writeValueAsString(frame));
    }

    public String writeToExecutor(Numbered<ToExecutor> frame) {
        return toExecutorWriter.writeValueAsString(frame);
    }

    public Numbered<ToController> readToController(String text) {
        bound(text, SessionProtocol.FRAME_BYTES_MAX);
        return read(toControllerReader, text);
    }

    public Numbered<ToExecutor> readToExecutor(String text) {
        bound(text, SPEC_FRAME_CHARACTERS_MAX);
        Numbered<ToExecutor> read = read(toExecutorReader, text);
        if (!(read.frame() instanceof ToExecutor.Spec)) {
            bound(text, SessionProtocol.FRAME_BYTES_MAX);
        }
        return read;
    }

    private static void bound(String text, int max) {
        if (text.length() > max) {
            throw new FrameException("frame of " + text.length() + " characters, at most " + max + " are taken");
        }
    }

    private static <F> Numbered<F> read(ObjectReader reader, String text) {
        try {
            Numbered<F> read = reader.readValue(text);
            if (read == null) {
                throw new FrameException("frame is null");
            }
            return read;
        } catch (JacksonException malformed) {
            throw new FrameException(
                    "frame cannot be understood: " + Coercion.shorten(malformed.getOriginalMessage()), malformed);
        }
    }

    /** The whole list of instances, cut into frames below the limit; one at least, the last one marked. */
    public List<ToController.Snapshot> snapshots(List<InstanceReport> instances) {
        List<ToController.Snapshot> frames = new ArrayList<>();
        List<List<InstanceReport>> parts = cut(instances);
        for (int i = 0; i < parts.size(); i++) {
            frames.add(new ToController.Snapshot(parts.get(i), i == parts.size() - 1));
        }
        return frames;
    }

    /** Changed instances and received orders, cut into frames below the limit; none when there is nothing to say. */
    public List<ToController.Changes> changes(List<InstanceReport> instances, List<Long> received) {
        List<ToController.Changes> frames = new ArrayList<>();
        int numbersMax = (SessionProtocol.FRAME_BYTES_MAX - FRAME_OVERHEAD_BYTES) / NUMBER_BYTES / 2;
        int sent = Math.min(received.size(), numbersMax);
        int room = SessionProtocol.FRAME_BYTES_MAX - FRAME_OVERHEAD_BYTES - sent * NUMBER_BYTES;
        List<List<InstanceReport>> parts = cut(instances, room);
        for (List<InstanceReport> part : parts) {
            List<Long> numbers = frames.isEmpty() ? received.subList(0, sent) : List.of();
            if (!part.isEmpty() || !numbers.isEmpty()) {
                frames.add(new ToController.Changes(part, numbers));
            }
        }
        for (int from = sent; from < received.size(); from += numbersMax) {
            frames.add(new ToController.Changes(
                    List.of(), received.subList(from, Math.min(received.size(), from + numbersMax))));
        }
        return frames;
    }

    private List<List<InstanceReport>> cut(List<InstanceReport> instances) {
        return cut(instances, SessionProtocol.FRAME_BYTES_MAX - FRAME_OVERHEAD_BYTES);
    }

    private List<List<InstanceReport>> cut(List<InstanceReport> instances, int room) {
        List<List<InstanceReport>> parts = new ArrayList<>();
        List<InstanceReport> part = new ArrayList<>();
        int bytes = 0;
        for (InstanceReport instance : instances) {
            InstanceReport report = shortened(instance);
            int size = reportWriter.writeValueAsString(report).getBytes(UTF_8).length + 1;
            if (!part.isEmpty() && bytes + size > room) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(report);
            bytes += size;
        }
        parts.add(part);
        return parts;
    }

    private static InstanceReport shortened(InstanceReport report) {
        String error = report.error();
        return error.length() <= ERROR_CHARACTERS_MAX
                ? report
                : new InstanceReport(
                        report.id(),
                        report.app(),
                        report.state(),
                        report.ports(),
                        Surrogates.cut(error, ERROR_CHARACTERS_MAX),
                        report.updated());
    }
}
