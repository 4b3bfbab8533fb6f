/** Cores and memory: what is asked for, what a NUMA node has, and what was given. Shapes follow reference 4.8. */
@NullMarked
package io.drove.model.resource;

import org.jspecify.annotations.NullMarked;
