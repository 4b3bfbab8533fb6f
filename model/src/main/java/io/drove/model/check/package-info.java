/** How it is found out that a workload is ready and healthy, and what is called before it is stopped. Shapes follow reference 4.5. */
@NullMarked
package io.drove.model.check;

import org.jspecify.annotations.NullMarked;
