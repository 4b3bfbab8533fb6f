package io.drove.simulation.node;

import io.drove.core.planner.Decider;
import io.drove.platform.journal.Journal;

/** Where a broken variant of a part can take the place of the real one. The real ones pass through unchanged. */
public interface Seams {
    /** All parts are the real ones. */
    Seams NONE = new Seams() {};

    default Decider decider(Decider real) {
        return real;
    }

    default Journal journal(Journal real) {
        return real;
    }

    default Journal.StateMachine machine(Journal.StateMachine real) {
        return real;
    }

    default AgentPort agent(AgentPort real) {
        return real;
    }
}
