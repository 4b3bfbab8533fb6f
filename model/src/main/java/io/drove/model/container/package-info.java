/** What a container is made of: image, ports, volumes, injected files, logging, user, devices. Shapes follow reference 4.4 to 4.8. */
@NullMarked
package io.drove.model.container;

import org.jspecify.annotations.NullMarked;
