package io.drove.model.wire;

import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.smile.SmileFactory;
import tools.jackson.dataformat.smile.SmileMapper;
import tools.jackson.dataformat.smile.SmileWriteFeature;

/**
 * Frames between controller and executor in Smile, which is JSON in binary: {@code {"sequence":7,"frame":{"t":"Stop",…}}}. A message carries one frame or
 * several, one after another ({@link SessionMessage}). A spec in it is a binary value of its own; over a connection whose two sides remember the last spec ({@link SessionProtocol#SPEC_DIFFERENCES}), the difference from
 * that one. Reading is strict and bounded; what cannot be understood is a {@link FrameException}.
 * Thread-safe.
 */
public final class SessionCodec {
    /** Limit in bytes of a message to an executor: with a spec it may be larger than {@link SessionProtocol#FRAME_BYTES_MAX}. */
    public static final int SPEC_MESSAGE_BYTES_MAX = 16 << 20;

    private final ObjectWriter toControllerWriter;
    private final ObjectWriter toExecutorWriter;
    private final ObjectReader toControllerReader;
    private final ObjectReader toExecutorReader;

    public SessionCodec() {
        SmileMapper mapper = smile().addModule(new SpecBlobs()).build();
        JavaType toController = mapper.getTypeFactory().constructParametricType(Numbered.class, ToController.class);
        JavaType toExecutor = mapper.getTypeFactory().constructParametricType(Numbered.class, ToExecutor.class);
        this.toControllerWriter = mapper.writerFor(toController);
        this.toExecutorWriter = mapper.writerFor(toExecutor);
        this.toControllerReader = mapper.readerFor(toController);
        this.toExecutorReader = mapper.readerFor(toExecutor);
    }

    /** Writes the frames of one connection, in the order in which they leave: specs by their difference from the one before. For one thread at a time. */
    public ToExecutorWriter toExecutorWriter() {
        return toExecutorWriter.withAttribute(SpecBlobs.Last.class, SpecBlobs.Last.ofWriter())::writeValueAsBytes;
    }

    /** Reads the messages of one connection, in the order in which they come, with specs of either kind. For one thread at a time, and no more after a message that was refused. */
    public ToExecutorReader toExecutorReader() {
        ObjectReader reader = toExecutorReader.withAttribute(SpecBlobs.Last.class, SpecBlobs.Last.ofReader());
        return message -> readToExecutor(reader, message);
    }

    /** One frame to an executor as bytes. */
    @FunctionalInterface
    public interface ToExecutorWriter {
        byte[] write(Numbered<ToExecutor> frame);
    }

    /** The frames of a message to an executor. */
    @FunctionalInterface
    public interface ToExecutorReader {
        /**
         * The frames in order; one at least.
         *
         * @param message of {@link #SPEC_MESSAGE_BYTES_MAX} bytes at most
         * @throws FrameException for what cannot be understood
         */
        List<Numbered<ToExecutor>> read(byte[] message);
    }

    static SmileMapper.Builder smile() {
        SmileFactory factory =
                SmileFactory.builder().recyclerPool(JsonBuffers.POOL).build();
        return InternalCodec.configure(SmileMapper.builder(factory))
                // Half a character, as a text that was cut may end with, is replaced: nobody is silenced by it.
                .enable(SmileWriteFeature.LENIENT_UTF_ENCODING)
                .disable(SmileWriteFeature.ENCODE_BINARY_AS_7BIT);
    }

    public byte[] writeToController(Numbered<ToController> frame) {
        return toControllerWriter.writeValueAsBytes(frame);
    }

    public byte[] writeToExecutor(Numbered<ToExecutor> frame) {
        return toExecutorWriter.writeValueAsBytes(frame);
    }

    /** The frames of a message, in order; one at least. */
    public List<Numbered<ToController>> readToController(byte[] message) {
        bound(message, SessionProtocol.FRAME_BYTES_MAX);
        return read(toControllerReader, message);
    }

    /** The frames of a message, in order; one at least. */
    public List<Numbered<ToExecutor>> readToExecutor(byte[] message) {
        return readToExecutor(toExecutorReader, message);
    }

    private static List<Numbered<ToExecutor>> readToExecutor(ObjectReader reader, byte[] message) {
        bound(message, SPEC_MESSAGE_BYTES_MAX);
        return read(reader, message);
    }

    private static void bound(byte[] message, int max) {
        if (message.length > max) {
            throw new FrameException(
                    "frames of " + message.length + " bytes in one message, at most " + max + " are taken");
        }
    }

    private static <F> List<Numbered<F>> read(ObjectReader reader, byte[] message) {
        List<Numbered<F>> frames = new ArrayList<>(1);
        try (MappingIterator<Numbered<F>> values = reader.readValues(message)) {
            while (values.hasNextValue()) {
                Numbered<F> frame = values.nextValue();
                if (frame == null) {
                    throw new FrameException("frame is null");
                }
                frames.add(frame);
            }
        } catch (JacksonException malformed) {
            throw new FrameException(
                    "frame cannot be understood: " + Coercion.shorten(malformed.getOriginalMessage()), malformed);
        }
        if (frames.isEmpty()) {
            throw new FrameException("frame missing: the message is empty");
        }
        return frames;
    }
}
