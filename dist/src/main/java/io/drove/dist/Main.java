package io.drove.dist;

import io.drove.bench.BenchCommand;
import io.drove.cli.DroveCommand;
import io.drove.cli.DroveCommand.Role;
import io.drove.cli.process.Environment;
import io.drove.dist.dev.DevCommand;
import io.drove.dist.server.ServerCommand;
import io.drove.simulation.SimulateCommand;
import java.util.List;

/**
 * The one entry point of the image: the client's commands, and the roles that only this module can see. A role's classes are
 * loaded when its word comes first, so that a client command does not pay for the servers.
 */
public final class Main {
    private static final List<Role> ROLES = List.of(
            new Role(
                    "dev",
                    "Run a one-machine cluster with a sample application.",
                    (words, environment) -> DevCommand.run(words, environment.out())),
            new Role(
                    "server",
                    "Run a controller or an executor.",
                    (words, environment) -> ServerCommand.run(words, environment)),
            new Role(
                    "bench",
                    "Measure this machine.",
                    (words, environment) -> BenchCommand.run(words, environment.out(), environment.err())),
            new Role(
                    "simulate",
                    "Run whole clusters in virtual time, with faults.",
                    (words, environment) -> SimulateCommand.run(words.toArray(String[]::new), environment.out())));

    private Main() {}

    public static void main(String[] words) {
        System.exit(run(words, Environment.ofProcess()));
    }

    /** Runs one command and returns its exit code; a server returns when it has ended. */
    static int run(String[] words, Environment environment) {
        return DroveCommand.run(words, environment, ROLES);
    }
}
