package io.drove.bench.micro;

import io.drove.bench.sample.SampleCluster;
import io.drove.model.app.AppSpec;
import io.drove.model.container.PortType;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.Numbered;
import io.drove.model.wire.SessionCodec;
import io.drove.model.wire.SpecBytes;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Frames between controller and executor. */
@State(Scope.Thread)
public class SessionFrameBenchmark {
    private final SessionCodec codec = new SessionCodec();
    private final AppSpec spec = SampleCluster.spec("app-1", 1, "{\"type\": \"ANY\"}");
    private final Numbered<ToExecutor> start = new Numbered<>(
            7,
            new ToExecutor.Start(
                    1_000_000,
                    3,
                    SampleCluster.instance(1),
                    spec.id(),
                    SpecBytes.digest(spec),
                    new Allocation(0, CoreSet.of(17), 512),
                    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHAtMSIsImlhdCI6MTc2Mzg5MTQ0NX0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"));
    private final Numbered<ToController> changes = new Numbered<>(
            9,
            new ToController.Changes(
                    List.of(new InstanceReport(
                            SampleCluster.instance(1),
                            spec.id(),
                            InstanceState.HEALTHY,
                            List.of(new PortBinding("main", 8000, 21_017, PortType.HTTP)),
                            "",
                            1_763_891_445_000L)),
                    List.of(1_000_000L)));
    private final byte[] startBytes = codec.writeToExecutor(start);
    private final byte[] changesBytes = codec.writeToController(changes);
    private final Numbered<ToExecutor> specFrame = new Numbered<>(6, new ToExecutor.Spec(SpecBytes.digest(spec), spec));

    @Benchmark
    public byte[] startWritten() {
        return codec.writeToExecutor(start);
    }

    @Benchmark
    public Object startRead() {
        return codec.readToExecutor(startBytes);
    }

    @Benchmark
    public byte[] oneReportWritten() {
        return codec.writeToController(changes);
    }

    @Benchmark
    public Object oneReportRead() {
        return codec.readToController(changesBytes);
    }

    @Benchmark
    public byte[] specWritten() {
        return codec.writeToExecutor(specFrame);
    }
}
