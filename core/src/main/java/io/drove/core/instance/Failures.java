package io.drove.core.instance;

import io.drove.core.state.BackOff;
import io.drove.core.state.Due;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.Phase;
import io.drove.core.state.Progress;
import io.drove.core.state.Sighting;

/**
 * Slows down an app whose starts fail: the first failure costs nothing, so that a killed container is replaced at once; each further one in a row doubles the pause. Failures of
 * instances that were placed before the last counted one are the same wave, and count once. A row is over when nothing failed for as long as the longest pause.
 */
final class Failures {
    private Failures() {}

    static void count(Ledger ledger, InstanceRecord instance) {
        countForOperation(ledger, instance);
        BackOff before = ledger.observed().backOffs().getOrElse(instance.app(), null);
        Sighting sighting = ledger.observed().sighting(instance.id());
        boolean wasStable = instance.phase() == Phase.HEALTHY
                && (sighting == null
                        || sighting.healthySince() < 0
                        || ledger.now() - sighting.healthySince()
                                >= ledger.limits().stable());
        if (wasStable) {
            return;
        }
        long placed = sighting == null ? 0 : sighting.placed();
        if (before != null && placed <= before.since()) {
            return;
        }
        boolean isInRow = before != null
                && ledger.now() - before.until() <= ledger.limits().backOffMax();
        int failures = 1 + (isInRow ? before.failures() : 0);
        long until = ledger.now() + pause(ledger, failures);
        ledger.backOff(instance.app(), new BackOff(failures, ledger.now(), until));
        if (until > ledger.now()) {
            ledger.arm(new Due.AppRetry(instance.app()), until);
        }
    }

    private static void countForOperation(Ledger ledger, InstanceRecord instance) {
        OperationRecord.Running running = ledger.app(instance.app()).running();
        Progress progress = ledger.observed().progress().getOrElse(instance.app(), null);
        if (running != null && progress != null && progress.operation().equals(running.id())) {
            ledger.progress(instance.app(), new Progress(running.id(), progress.done(), progress.failed() + 1));
        }
    }

    private static long pause(Ledger ledger, int failures) {
        if (failures <= 1) {
            return 0;
        }
        long pause = ledger.limits().backOffMin() << Math.min(failures - 2, 20);
        return Math.min(pause, ledger.limits().backOffMax());
    }
}
