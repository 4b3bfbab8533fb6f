/** Where a workload may run, and why it may not. Shapes follow reference 4.7; the decisions are in {@code core.placement}. */
@NullMarked
package io.drove.model.placement;

import org.jspecify.annotations.NullMarked;
