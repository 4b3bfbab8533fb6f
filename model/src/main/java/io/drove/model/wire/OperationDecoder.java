package io.drove.model.wire;

import static java.util.Objects.requireNonNull;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OpSpec;
import io.drove.model.id.AppId;
import io.drove.model.time.TimeSpan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads operations on applications (reference 4.9). */
final class OperationDecoder {
    static final String BASE = "ApplicationOperation";
    static final String BATCH = "ApplicationOperations";
    static final String OPERATIONS = "operations";

    private static final List<String> TYPES = List.of(
            "CREATE",
            "DESTROY",
            "RECOVER",
            "REPLACE_INSTANCES",
            "SCALE",
            "START_INSTANCES",
            "STOP_INSTANCES",
            "SUSPEND");
    private static final Range INSTANCES = Range.ofLong(0, DocumentLimits.INSTANCES_MAX);
    private static final Range START_INSTANCES = Range.ofLong(0, DocumentLimits.START_INSTANCES_MAX);
    private static final Range PARALLELISM = Range.of(1, DocumentLimits.PARALLELISM_MAX);

    private final SpecDecoder specs;

    OperationDecoder(SpecRules rules) {
        this.specs = new SpecDecoder(rules);
    }

    /** All operations of a batch, in order. */
    @Nullable
    List<AppOperation> batch(TreeReader batch) {
        if (batch.isMissingOrEmpty(OPERATIONS)) {
            batch.violated(OPERATIONS, TreeReader.NOT_EMPTY, "", "");
        }
        List<AppOperation> operations = batch.variants(OPERATIONS, BASE, DocumentLimits.BATCH_MAX, this::operation);
        return batch.build(() -> operations);
    }

    @Nullable
    AppOperation operation(TreeReader operation) {
        return switch (operation.type(BASE, TYPES, "")) {
            case "CREATE" -> create(operation);
            case "DESTROY" -> onApp(operation, AppOperation.Destroy::new);
            case "SUSPEND" -> onApp(operation, AppOperation.Suspend::new);
            case "RECOVER" -> {
                String app = appId(operation);
                yield operation.build(() -> new AppOperation.Recover(new AppId(app)));
            }
            case "SCALE" -> {
                int instances = operation.whole("requiredInstances", 0, INSTANCES);
                yield onApp(operation, (app, how) -> new AppOperation.Scale(app, instances, how));
            }
            case "START_INSTANCES" -> {
                int instances = operation.whole("instances", 0, START_INSTANCES);
                yield onApp(operation, (app, how) -> new AppOperation.StartInstances(app, instances, how));
            }
            case "STOP_INSTANCES" -> {
                List<String> ids = instanceIds(operation);
                if (operation.isMissingOrEmpty("instanceIds")) {
                    operation.violated("instanceIds", TreeReader.NOT_EMPTY, "", "");
                }
                boolean skipRespawn = operation.flag("skipRespawn", false);
                yield onApp(operation, (app, how) -> new AppOperation.StopInstances(app, ids, skipRespawn, how));
            }
            case "REPLACE_INSTANCES" -> {
                List<String> ids = instanceIds(operation);
                boolean stopFirst = operation.flag("stopFirst", false);
                yield onApp(operation, (app, how) -> new AppOperation.ReplaceInstances(app, ids, stopFirst, how));
            }
            case String _ -> null;
        };
    }

    private @Nullable AppOperation create(TreeReader operation) {
        AppSpec spec = operation.object("spec", SpecDecoder.TYPE, TreeReader.NOT_NULL, specs::app);
        int instances = operation.whole("instances", 0, INSTANCES);
        OpSpec how = opSpec(operation);
        return operation.build(() -> new AppOperation.Create(requireNonNull(spec), instances, requireNonNull(how)));
    }

    private static @Nullable AppOperation onApp(TreeReader operation, BiFunction<AppId, OpSpec, AppOperation> record) {
        String app = appId(operation);
        OpSpec how = opSpec(operation);
        return operation.build(() -> record.apply(new AppId(app), requireNonNull(how)));
    }

    private static String appId(TreeReader operation) {
        return operation.text("appId", TreeReader.NOT_EMPTY);
    }

    /** Each id once, in the order written. */
    private static List<String> instanceIds(TreeReader operation) {
        return List.copyOf(new LinkedHashSet<>(operation.texts("instanceIds", DocumentLimits.INSTANCE_IDS_MAX)));
    }

    private static @Nullable OpSpec opSpec(TreeReader operation) {
        return operation.object("opSpec", "ClusterOpSpec", TreeReader.NOT_NULL, OperationDecoder::readOpSpec);
    }

    private static @Nullable OpSpec readOpSpec(TreeReader opSpec) {
        TimeSpan timeout = opSpec.span("timeout", TreeReader.NOT_NULL);
        int parallelism = opSpec.whole("parallelism", 0, PARALLELISM);
        FailureStrategy strategy = opSpec.choice("failureStrategy", FailureStrategy.class, TreeReader.NOT_NULL);
        return opSpec.build(() -> SpecParts.shared(new OpSpec(timeout, parallelism, strategy)));
    }
}
