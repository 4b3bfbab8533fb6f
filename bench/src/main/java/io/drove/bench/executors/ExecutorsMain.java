package io.drove.bench.executors;

import io.drove.platform.log.Logging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process of the simulated executors. Its standard input brings the shape as one line of JSON, then a request a line: {@code glance}, or {@code
 * cut N}; each is answered by one line with an {@link ExecutorsGlance}. It ends with its input, so that it never outlives who started it.
 */
public final class ExecutorsMain {
    private ExecutorsMain() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // Answers alone go there; logs would be taken for one.
        System.setOut(System.err);
        // What thousands of links log of each connection would drown what matters.
        Logging.start(Map.of(Logging.LEVEL_VARIABLE, "WARN"));
        JsonMapper json = JsonMapper.shared();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String first = in.readLine();
        if (first == null) {
            return;
        }
        ExecutorsShape shape = json.readValue(first, ExecutorsShape.class);
        try (SimulatedExecutors executors = new SimulatedExecutors(shape)) {
            executors.start();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("cut ")) {
                    executors.cut(
                            Integer.parseInt(line.substring("cut ".length()).strip()));
                }
                out.println(json.writeValueAsString(executors.glance()));
            }
        }
        System.exit(0);
    }
}
