package io.drove.simulation.mutant;

import io.drove.core.planner.Decider;
import io.drove.core.state.Due;
import io.drove.platform.journal.Journal;
import io.drove.simulation.load.FaultKind;
import io.drove.simulation.node.AgentPort;
import io.drove.simulation.node.Seams;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The broken variants, and under which faults each is looked for. */
public enum Mutant implements Seams {
    /** An executor obeys whoever speaks, and a stale leader does not mind. */
    NO_EPOCH_CHECK(EnumSet.of(
            FaultKind.CONTROLLER_PARTITION, FaultKind.BROKEN_LINES, FaultKind.EXECUTOR_KILL, FaultKind.LEADER_MOVE)) {
        @Override
        public AgentPort agent(AgentPort real) {
            return new EpochBlindAgent(real);
        }
    },
    /** The planner gives cores out that are taken. */
    CORE_GRANTED_TWICE {
        @Override
        public Decider decider(Decider real) {
            return Tampering.withChanges(real, new GrantedTwice());
        }
    },
    /** An instance may have cores of several NUMA nodes. */
    NUMA_IGNORED {
        @Override
        public Decider decider(Decider real) {
            return Tampering.withChanges(real, new MixedNodes());
        }
    },
    /** Operations are never given up. */
    FORGOTTEN_OPERATION_DEADLINE(EnumSet.of(FaultKind.BAD_APPS, FaultKind.EXECUTOR_KILL)) {
        @Override
        public Decider decider(Decider real) {
            return Tampering.withoutDeadlines(real, due -> due instanceof Due.OperationStalled);
        }
    },
    /** Nobody is ever lost. */
    FORGOTTEN_SILENCE(EnumSet.of(FaultKind.MACHINE_LOSS)) {
        @Override
        public Decider decider(Decider real) {
            return Tampering.withoutDeadlines(real, due -> due instanceof Due.ExecutorSilent);
        }
    },
    /** A replica applies batches that were decided on another state. */
    STALE_BATCH_APPLIED(EnumSet.of(FaultKind.LATE_COMMIT, FaultKind.REFUSED_APPEND, FaultKind.LEADER_MOVE)) {
        @Override
        public Journal.StateMachine machine(Journal.StateMachine real) {
            return new CredulousReplica(real);
        }
    },
    /** What a new leader has not seen yet is killed. */
    KILL_BY_ABSENCE(EnumSet.of(FaultKind.LEADER_MOVE, FaultKind.CONTROLLER_KILL)) {
        @Override
        public Decider decider(Decider real) {
            return new AbsenceKiller(real);
        }
    },
    /** The journal answers before anything is synced. */
    REPLY_BEFORE_DURABILITY(EnumSet.of(FaultKind.CONTROLLER_KILL, FaultKind.SLOW_DISK)) {
        @Override
        public Journal journal(Journal real) {
            return new HastyJournal(real);
        }
    },
    /** All instances of a host get the same port. */
    PORT_GIVEN_TWICE {
        @Override
        public AgentPort agent(AgentPort real) {
            return new OnePortAgent(real);
        }
    },
    /** An app that failed twice is never started again. */
    ENDLESS_BACK_OFF(EnumSet.of(FaultKind.BAD_APPS)) {
        @Override
        public Decider decider(Decider real) {
            return Tampering.withEndlessBackOff(real);
        }
    },
    /** A replacement stops all old instances at once. */
    BUDGET_IGNORED {
        @Override
        public Decider decider(Decider real) {
            return new BudgetBreaker(real);
        }
    },
    /** An order to stop is acknowledged and forgotten. */
    STOP_IGNORED {
        @Override
        public AgentPort agent(AgentPort real) {
            return new DeafAgent(real);
        }
    },
    /** An agent that comes back does not look at the containers that run. */
    NOTHING_ADOPTED(EnumSet.of(FaultKind.EXECUTOR_KILL)) {
        @Override
        public AgentPort agent(AgentPort real) {
            return new ForgetfulAgent(real);
        }
    },
    /** The leader's own state has a count that its journal does not have. */
    LIVE_DIFFERS {
        @Override
        public Decider decider(Decider real) {
            return Tampering.withUnwrittenCounts(real);
        }
    },
    /** A replica loses a batch on the way. */
    BATCH_SKIPPED {
        @Override
        public Journal.StateMachine machine(Journal.StateMachine real) {
            return new LeakyReplica(real);
        }
    };

    private final @Nullable Set<FaultKind> faults;

    Mutant() {
        this.faults = null;
    }

    Mutant(EnumSet<FaultKind> faults) {
        this.faults = faults;
    }

    /** The faults under which it shows; null for any that a seed draws. */
    public @Nullable Set<FaultKind> faults() {
        return faults;
    }
}
