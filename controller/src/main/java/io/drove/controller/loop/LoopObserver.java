package io.drove.controller.loop;

/** Is told figures about the loop, on its thread. */
public interface LoopObserver {
    LoopObserver NONE = new LoopObserver() {
        @Override
        public void stepped(Step step) {}

        @Override
        public void durable(long nanos) {}

        @Override
        public void failed() {}
    };

    /**
     * A step that decided something.
     *
     * @param inputs how many inputs
     * @param changes how many facts they led to
     * @param bytes size of the batch, 0 without one
     * @param nanos how long it took
     */
    record Step(int inputs, int changes, int bytes, long nanos) {}

    void stepped(Step step);

    /** A batch is durable so many nanoseconds after it was handed to the journal. */
    void durable(long nanos);

    /** An input broke the program. */
    void failed();
}
