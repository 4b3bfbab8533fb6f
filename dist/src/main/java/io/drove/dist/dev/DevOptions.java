package io.drove.dist.dev;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line of {@code drove dev} asks for.
 *
 * @param isSampleWanted whether {@code drove/hello} is built and deployed
 * @param mayInstall whether the machine may be changed: packages installed, the engine started
 * @param isCleanup whether the cluster's containers are removed at the end
 */
record DevOptions(
        DevDirectory directory,
        DevPorts ports,
        Optional<Path> configuration,
        boolean isSampleWanted,
        boolean mayInstall,
        boolean isCleanup) {}
