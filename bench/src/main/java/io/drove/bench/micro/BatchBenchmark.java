package io.drove.bench.micro;

import io.drove.bench.sample.SampleCluster;
import io.drove.controller.journal.Batch;
import io.drove.controller.journal.BatchCodec;
import io.drove.core.contract.Change;
import io.drove.model.id.AppId;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Batches of 256 placements for the journal. */
@State(Scope.Thread)
public class BatchBenchmark {
    private final BatchCodec codec = new BatchCodec();
    private final List<Change.InstancePlaced> changes = SampleCluster.filling(
            new SampleCluster.Shape(8, 32, 1), 1, List.of(new AppId("app-1-1"), new AppId("app-2-1")), 1);
    private final byte[] batch = placementsWritten();

    @Benchmark
    public final byte[] placementsWritten() {
        BatchCodec.Writer writer = codec.writer();
        changes.forEach(writer::add);
        return writer.finish(1, 1);
    }

    @Benchmark
    public Batch placementsRead() {
        return codec.decode(1, batch);
    }
}
