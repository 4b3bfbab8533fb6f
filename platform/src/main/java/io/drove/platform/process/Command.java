package io.drove.platform.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command to be run to its end.
 *
 * @param arguments the program and its arguments; no shell is between
 * @param environment added to this process' own
 * @param timeout after it the command and its children are killed
 */
public record Command(List<String> arguments, Map<String, String> environment, Duration timeout) {
    private static final int MAX_OUTPUT = 1 << 20;
    private static final Duration DRAIN = Duration.ofSeconds(1);

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    public static Command of(Duration timeout, String... arguments) {
        return new Command(List.of(arguments), Map.of(), timeout);
    }

    /**
     * How a command ended.
     *
     * @param exitCode as the program said; meaningless when it timed out
     * @param output what it wrote on both streams, the first mebibyte
     */
    public record Result(int exitCode, String output, boolean isTimedOut) {
        public boolean isSuccess() {
            return exitCode == 0 && !isTimedOut;
        }
    }

    /**
     * Runs the command and waits.
     *
     * @throws IOException if the program cannot be started
     * @throws InterruptedException if this thread is interrupted; the command is killed
     */
    public Result run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().name("output of " + arguments.getFirst()).start(() -> output.complete(drain(process)));
        try {
            process.getOutputStream().close();
            boolean isEnded = process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (!isEnded) {
                kill(process);
            }
            // A grandchild may keep the stream open after the command itself has ended.
            String text = output.completeOnTimeout("", DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return new Result(isEnded ? process.exitValue() : -1, text, !isEnded);
        } finally {
            kill(process);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String drain(Process process) {
        try (InputStream in = process.getInputStream()) {
            byte[] kept = in.readNBytes(MAX_OUTPUT);
            // The rest is read and dropped, or the command would wait for us.
            in.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            // The stream closes under us when the process is killed.
            return "";
        }
    }
}
