package io.drove.bench.micro;

import io.drove.bench.sample.SampleCluster;
import io.drove.model.app.AppSpec;
import io.drove.model.app.AppState;
import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import io.drove.model.wire.ApiJson;
import io.drove.model.wire.AppSummary;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.Envelope;
import io.drove.model.wire.ExposedAppInfo;
import io.drove.model.wire.SpecMask;
import io.drove.model.wire.SpecRules;
import io.drove.model.wire.UserDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The JSON that clients ask for all the time: the list of 2,000 apps, the endpoints of an app with 100 instances, one spec in and out. */
@State(Scope.Thread)
public class ApiJsonBenchmark {
    private static final int APPS = 2_000;
    private static final int HOSTS = 100;
    private static final long TIME = 1_763_891_445_000L;

    private final UserDocuments documents = new UserDocuments(SpecRules.DEFAULT);
    private final byte[] sent = SampleCluster.specJson("app-1", 1, SampleCluster.ANY, "[]");
    private final AppSpec spec = SampleCluster.spec("app-1", 1, SampleCluster.ANY);
    private final Envelope<Map<String, AppSummary>> apps = Envelope.success(apps());
    private final Envelope<List<ExposedAppInfo>> endpoints = Envelope.success(endpoints());

    private static Map<String, AppSummary> apps() {
        Map<String, AppSummary> apps = new LinkedHashMap<>();
        for (int number = 0; number < APPS; number++) {
            AppId id = new AppId("app-" + number + "-1");
            apps.put(
                    id.value(),
                    new AppSummary(
                            id,
                            "app-" + number,
                            5,
                            5,
                            5,
                            2_560,
                            Map.of("team", "bench"),
                            AppState.RUNNING,
                            TIME,
                            TIME + number,
                            null));
        }
        return apps;
    }

    private static List<ExposedAppInfo> endpoints() {
        List<ExposedAppInfo.ExposedHost> hosts = new ArrayList<>();
        for (int number = 1; number <= HOSTS; number++) {
            hosts.add(new ExposedAppInfo.ExposedHost(
                    SampleCluster.executor(number).value(), 20_000 + number, PortType.HTTP));
        }
        return List.of(
                new ExposedAppInfo("app-1", new AppId("app-1-1"), "app.example.org", Map.of("team", "bench"), hosts));
    }

    @Benchmark
    public byte[] listOf2000AppsWritten() {
        return ApiJson.write(apps);
    }

    @Benchmark
    public byte[] endpointsOf100InstancesWritten() {
        return ApiJson.write(endpoints);
    }

    /** As a user sends it, with every rule checked. */
    @Benchmark
    public Decoded<AppSpec> specRead() {
        return documents.appSpec(sent);
    }

    @Benchmark
    public byte[] specWritten() {
        return ApiJson.write(SpecMask.mask(spec));
    }
}
