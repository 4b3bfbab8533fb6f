/**
 * A whole cluster in one thread and in virtual time: the real control loop, replica, journal format, sessions, agent and every decision of core, over simulated journal, network, containers and clocks, with
 * faults by dice. One seed is one history.
 *
 * <p>Front doors: {@link io.drove.simulation.World} (one seed), {@link io.drove.simulation.Simulation} (many), {@link io.drove.simulation.SimulateCommand} ({@code ./drove simulate}). A failure that you cannot
 * explain belongs here first. Not here: real sockets, real disks, real containers; the end-to-end tests have them.
 */
@NullMarked
package io.drove.simulation;

import org.jspecify.annotations.NullMarked;
