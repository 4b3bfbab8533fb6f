package io.drove.model.wire;

import java.util.List;

/**
 * What a cluster's options say about specs.
 *
 * @param allowedMountDirs directories of the host under which volumes may be mounted; empty allows all
 * @param allowedConfigDirs directories of the host from which config files may be taken; empty allows all
 * @param disableCmdlArgs refuse {@code args}
 * @param enableRawDeviceAccess accept {@code devices}
 */
public record SpecRules(
        List<String> allowedMountDirs,
        List<String> allowedConfigDirs,
        boolean disableCmdlArgs,
        boolean enableRawDeviceAccess) {
    /** The original's defaults: any directory, arguments allowed, devices refused. */
    public static final SpecRules DEFAULT = new SpecRules(List.of(), List.of(), false, false);

    public SpecRules {
        allowedMountDirs = List.copyOf(allowedMountDirs);
        allowedConfigDirs = List.copyOf(allowedConfigDirs);
    }
}
