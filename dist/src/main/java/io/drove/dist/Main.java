package io.drove.dist;

import io.drove.dist.dev.DevCommand;
import java.util.Arrays;
import java.util.List;

/**
 * The one entry point of the image. It looks at the first word and hands over; nothing of a part is loaded before its word was
 * said, so that a client command does not pay for the servers.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    /** Runs one command and returns its exit code; a server returns when it has ended. */
    static int run(List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        return switch (first) {
            case "dev" -> DevCommand.run(rest, System.out);
            default -> 2;
        };
    }
}
