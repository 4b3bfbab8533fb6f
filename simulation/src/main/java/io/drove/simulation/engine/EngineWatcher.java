package io.drove.simulation.engine;

/** Sees what really happens on a machine. */
public interface EngineWatcher {
    /** A container was made: its cores and ports are spoken for. */
    void created(SimulatedEngine engine, SimulatedContainer container);

    /** A container runs from now on. */
    void started(SimulatedEngine engine, SimulatedContainer container);

    /** Somebody asks the engine to stop or remove a container that runs. */
    void killing(SimulatedEngine engine, SimulatedContainer container);

    /** A container does not run any more. */
    void ended(SimulatedEngine engine, SimulatedContainer container);
}
