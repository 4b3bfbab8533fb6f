package io.drove.simulation.network;

/** How badly the network behaves. Mutable: faults come and go. */
public final class NetworkTemper {
    /** Milliseconds that a frame takes at least, and at most. */
    public long delayMin = 0;

    public long delayMax = 10;
    /** Parts of frames that are lost, doubled, and overtaken by later ones. */
    public double losses;

    public double doubles;
    public double overtakings;
    /** Part of frames with which their connection breaks. */
    public double breaks;

    /** Behaves from now on. */
    public void mend() {
        delayMax = 10;
        losses = 0;
        doubles = 0;
        overtakings = 0;
        breaks = 0;
    }
}
