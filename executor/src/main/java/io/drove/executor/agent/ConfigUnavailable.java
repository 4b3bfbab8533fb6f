package io.drove.executor.agent;

import java.io.IOException;

/** A config file of an instance cannot be had; the message is the instance's reason. */
final class ConfigUnavailable extends IOException {
    private static final long serialVersionUID = 1;

    ConfigUnavailable(String file, String reason, IOException cause) {
        super("Config file " + file + " " + reason, cause);
    }
}
