package io.drove.controller.journal;

import io.drove.model.wire.InternalCodec;
import io.drove.model.wire.JsonBuffers;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.smile.SmileFactory;
import tools.jackson.dataformat.smile.SmileMapper;
import tools.jackson.dataformat.smile.SmileWriteFeature;

/** The one mapper of the journal's records. */
final class JournalMapper {
    private static final int DEPTH_MAX = 64;
    private static final int STRING_MAX = 16 << 20;

    static final SmileMapper SMILE = InternalCodec.configure(SmileMapper.builder(SmileFactory.builder()
                    .recyclerPool(JsonBuffers.POOL)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(STRING_MAX)
                            .build())
                    .build()))
            // Half a character in some text is replaced: it must not keep a fact out of the journal.
            .enable(SmileWriteFeature.LENIENT_UTF_ENCODING)
            .build();

    private JournalMapper() {}
}
