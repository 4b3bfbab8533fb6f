package io.drove.simulation.engine;

/** How containers of one app behave. Mutable: apps break and are mended. */
public final class AppTemper {
    /** Milliseconds from its start until a container serves. */
    public long readyMin = 200;

    public long readyMax = 3_000;
    public double pullFails;
    public double slowPulls;
    public double startFails;
    /** Part of containers that never serve. */
    public double neverReady;
    /** Part of containers that serve and fail in turns. */
    public double flapping;
    /** Part of containers that exit by themselves, within a minute or so. */
    public double exits;

    public double ignoresTerm;
    /** Part of containers that live on although the engine says that it stopped them. */
    public double zombies;

    /** Behaves from now on; containers that are there are mended too. */
    public void mend() {
        pullFails = 0;
        slowPulls = 0;
        startFails = 0;
        neverReady = 0;
        flapping = 0;
        exits = 0;
        ignoresTerm = 0;
        zombies = 0;
    }
}
