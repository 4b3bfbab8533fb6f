package io.drove.bench.executors;

import io.drove.bench.watch.MeasurementFailed;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The process of the simulated executors, seen from who started it. Closing it ends it. */
public final class ExecutorsProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final JsonMapper json = JsonMapper.shared();

    private ExecutorsProcess(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it; the executors begin to dial.
     *
     * @param javaOptions of its JVM
     * @param log gets what it complains about
     */
    public static ExecutorsProcess start(ExecutorsShape shape, List<String> javaOptions, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ExecutorsMain.class.getName()));
        try {
            ExecutorsProcess started = new ExecutorsProcess(
                    new ProcessBuilder(command).redirectError(log.toFile()).start());
            started.send(started.json.writeValueAsString(shape));
            return started;
        } catch (IOException e) {
            throw new MeasurementFailed("cannot start the simulated executors", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** How they stand. */
    public synchronized ExecutorsGlance glance() {
        return ask("glance");
    }

    /** Cuts that many off for good. */
    public synchronized ExecutorsGlance cut(int count) {
        return ask("cut " + count);
    }

    private ExecutorsGlance ask(String request) {
        try {
            send(request);
            String line = answers.readLine();
            if (line == null) {
                throw new MeasurementFailed("the simulated executors ended by themselves");
            }
            return json.readValue(line, ExecutorsGlance.class);
        } catch (IOException e) {
            throw new MeasurementFailed("the simulated executors cannot be asked", e);
        }
    }

    private void send(String line) throws IOException {
        requests.write(line);
        requests.newLine();
        requests.flush();
    }

    /** They have nothing to save. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        answers.close();
    }
}
