package io.drove.core.app;

import io.drove.core.contract.Reply.Refusal;
import io.drove.core.contract.Reply.RefusalCode;
import io.drove.core.placement.Capacity;
import io.drove.core.placement.Request;
import io.drove.core.placement.Room;
import io.drove.core.state.AppRecord;
import io.drove.core.state.Durable;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.Phase;
import io.drove.core.state.SpecSize;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppState;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an operation may begin (reference 4.9), with the original's words for why not. */
public final class Admission {
    private static final List<String> IN_MONITORING =
            List.of("DESTROY", "RECOVER", "SCALE_INSTANCES", "START_INSTANCES");
    private static final List<String> IN_RUNNING =
            List.of("RECOVER", "REPLACE_INSTANCES", "SCALE_INSTANCES", "START_INSTANCES", "STOP_INSTANCES", "SUSPEND");
    private static final List<String> IN_SCALING = List.of("SCALE_INSTANCES");

    private Admission() {}

    /** The original's table: operations that are allowed in that state, by their printed names, sorted. */
    public static List<String> allowedIn(AppState state) {
        return switch (state) {
            case MONITORING -> IN_MONITORING;
            case RUNNING -> IN_RUNNING;
            case SCALING_REQUESTED -> IN_SCALING;
            case INIT,
                    OUTAGE_DETECTED,
                    STOP_INSTANCES_REQUESTED,
                    REPLACE_INSTANCES_REQUESTED,
                    DESTROY_REQUESTED,
                    DESTROYED,
                    FAILED -> List.of();
        };
    }

    /** Every reason against this operation; empty when it may begin. */
    static List<Refusal> refusals(Ledger ledger, AppOperation operation, Room room) {
        if (operation instanceof AppOperation.Create create) {
            return refusalsOfCreate(ledger, create);
        }
        AppRecord app = ledger.durable().app(operation.appId());
        if (app == null) {
            return one(RefusalCode.NO_SUCH_APP, "No state found for app: " + operation.appId());
        }
        List<String> allowed = allowedIn(app.state());
        if (allowed.isEmpty()) {
            return one(
                    RefusalCode.WRONG_STATE,
                    "No operations allowed for " + app.id() + " as it is in " + app.state() + " state");
        }
        if (!allowed.contains(operation.printedType())) {
            return one(
                    RefusalCode.WRONG_STATE,
                    "Only " + allowed + " allowed for app " + app.id() + " as it is in " + app.state() + " state");
        }
        return switch (operation) {
            case AppOperation.StartInstances start ->
                refusalsOfScale(ledger, app, app.counts().healthy() + start.instances(), room);
            case AppOperation.Scale scale -> refusalsOfScale(ledger, app, scale.requiredInstances(), room);
            case AppOperation.StopInstances stop -> refusalsOfStop(app, stop);
            case AppOperation.ReplaceInstances replace -> refusalsOfReplace(app, replace);
            case AppOperation.Create _, AppOperation.Destroy _, AppOperation.Suspend _, AppOperation.Recover _ ->
                List.of();
        };
    }

    private static List<Refusal> refusalsOfCreate(Ledger ledger, AppOperation.Create create) {
        Durable durable = ledger.durable();
        AppId id = create.appId();
        List<Refusal> refusals = new ArrayList<>();
        if (durable.app(id) != null) {
            refusals.add(new Refusal(RefusalCode.APP_EXISTS, "App " + id + " already exists"));
        }
        if (durable.apps().size() >= ledger.limits().appsMax()) {
            refusals.add(new Refusal(
                    RefusalCode.TOO_MANY_APPS,
                    "Cluster has " + durable.apps().size() + " apps, the most it takes; destroy some first"));
        }
        long bytes = SpecSize.bytes(create.spec());
        long max = ledger.limits().specBytesMax();
        if (durable.specBytes() + bytes > max) {
            refusals.add(new Refusal(
                    RefusalCode.SPECS_TOO_LARGE,
                    "Specs of all apps take " + kilobytes(durable.specBytes()) + " of memory, the spec of " + id
                            + " would take " + kilobytes(bytes) + ", and the most is " + kilobytes(max)
                            + "; destroy apps that are not needed, take config files and variables out of the spec,"
                            + " or give the controller more memory (DROVE_HEAP)"));
        }
        return refusals;
    }

    private static String kilobytes(long bytes) {
        return Math.ceilDiv(bytes, 1_024) + " kB";
    }

    private static List<Refusal> refusalsOfScale(Ledger ledger, AppRecord app, int wanted, Room room) {
        int max = ledger.limits().instancesPerApp();
        if (wanted > max) {
            return one(
                    RefusalCode.TOO_MANY_INSTANCES,
                    "App " + app.id() + " would have " + wanted + " instances; the most is " + max);
        }
        int more = wanted - app.counts().live();
        return more <= 0 ? List.of() : Capacity.refusals(room, Request.of(app.spec()), more);
    }

    private static List<Refusal> refusalsOfStop(AppRecord app, AppOperation.StopInstances stop) {
        List<String> unknown = stop.instanceIds().stream()
                .filter(text -> find(app, text).isEmpty())
                .sorted()
                .toList();
        return unknown.isEmpty()
                ? List.of()
                : one(
                        RefusalCode.NO_SUCH_INSTANCE,
                        "App " + app.id() + " does not have any instances with the following ids: "
                                + String.join(",", unknown));
    }

    private static List<Refusal> refusalsOfReplace(AppRecord app, AppOperation.ReplaceInstances replace) {
        List<String> notHealthy = replace.instanceIds().stream()
                .filter(text -> find(app, text)
                        .filter(found -> found.phase() == Phase.HEALTHY)
                        .isEmpty())
                .sorted()
                .toList();
        if (!notHealthy.isEmpty()) {
            return one(
                    RefusalCode.NO_SUCH_INSTANCE, "There are no replaceable healthy instances with ids: " + notHealthy);
        }
        return List.of();
    }

    /** The live instance of that name. */
    static Optional<InstanceRecord> find(AppRecord app, String text) {
        return InstanceId.parse(text)
                .flatMap(id -> Optional.ofNullable(app.instances().getOrElse(id, null)));
    }

    private static List<Refusal> one(RefusalCode code, String message) {
        return List.of(new Refusal(code, message));
    }
}
