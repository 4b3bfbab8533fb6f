package io.drove.model.wire;

import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;

/** The buffers in which JSON and Smile are read and written. */
public final class JsonBuffers {
    /**
     * Of the mappers of the API, of sessions and of the journal. Sixteen are kept, since each holds on to some 50 KB for ever, and a thousand connections that begin to write at once, each in a
     * virtual thread, would otherwise leave one each behind. Who finds none makes a new one.
     */
    public static final RecyclerPool<BufferRecycler> POOL = JsonRecyclerPools.newBoundedPool(16);

    private JsonBuffers() {}
}
