package io.drove.controller;

import io.drove.platform.security.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A controller as a process of its own, for tests that kill it: says its port when it serves, and runs until its end. */
public final class ControllerProcess {
    private ControllerProcess() {}

    /** Arguments: data directory, raft port. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ControllerConfig defaults = ControllerConfig.DEFAULT;
        ControllerServer server = ControllerServer.start(
                new ControllerConfig(
                        Path.of(arguments[0]),
                        new ControllerConfig.Server("127.0.0.1", 0, false),
                        new ControllerConfig.Admin("127.0.0.1", 0, false),
                        new ControllerConfig.Raft(Integer.parseInt(arguments[1]), "1", List.of(), false),
                        new ControllerConfig.ClusterAuth(new Secret(RunningController.SECRET), List.of(), null),
                        defaults.instanceAuth(),
                        defaults.userAuth(),
                        defaults.options()),
                "test");
        while (!server.isServing()) {
            Thread.onSpinWait();
        }
        System.out.println("serving " + server.port());
        System.out.flush();
        Thread.currentThread().join();
    }
}
