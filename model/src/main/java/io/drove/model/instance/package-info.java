/** One run of a workload: its states and what an executor tells of it (reference 4.10, 4.11). */
@NullMarked
package io.drove.model.instance;

import org.jspecify.annotations.NullMarked;
