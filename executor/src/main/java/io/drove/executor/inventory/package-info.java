/**
 * What this machine has to give out: cores per NUMA node, and memory.
 *
 * <p>Front door: {@link io.drove.executor.inventory.MachineInventory#read}, which reads the kernel's files below a root path (tests bring recorded
 * machines), takes away what the operator keeps, and over-provisions when told to. It also knows which physical cores stand behind virtual
 * ones, for the cpuset of a container.
 *
 * <p>Not here: who gets what ({@code core.placement}). Depends on {@code model} and the plain JDK.
 */
@NullMarked
package io.drove.executor.inventory;

import org.jspecify.annotations.NullMarked;
