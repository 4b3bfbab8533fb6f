package io.drove.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Everything that a command takes from the process around it, so that a test can be that process.
 *
 * @param outIsTerminal asked only by what looks different on a terminal
 * @param endQuietlyOnInterrupt makes Ctrl-C end the process with exit code 0 from now on
 */
public record Environment(
        Map<String, String> variables,
        Path home,
        InputStream in,
        PrintStream out,
        PrintStream err,
        BooleanSupplier outIsTerminal,
        BooleanSupplier errIsTerminal,
        Supplier<ZoneId> zone,
        Pace pace,
        Supplier<QuietEnd> endQuietlyOnInterrupt) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** This process. */
    public static Environment ofProcess() {
        PrintStream out = stream(FileDescriptor.out, false);
        return new Environment(
                System.getenv(),
                Path.of(System.getProperty("user.home", ".")),
                System.in,
                out,
                stream(FileDescriptor.err, true),
                () -> isTerminal(1),
                () -> isTerminal(2),
                ZoneId::systemDefault,
                new ProcessPace(),
                () -> quietEnd(out));
    }

    private static QuietEnd quietEnd(PrintStream out) {
        Thread end = new Thread(() -> {
            out.flush();
            // A process that ends by a signal has another exit code, whatever its hooks do short of this.
            Runtime.getRuntime().halt(0);
        });
        Runtime.getRuntime().addShutdownHook(end);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(end);
            } catch (IllegalStateException endsAlready) {
                // The signal was faster.
            }
        };
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean flushEachLine) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192),
                flushEachLine,
                StandardCharsets.UTF_8);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException noProc) {
            return false;
        }
    }

    private record ProcessPace() implements Pace {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean pause(Duration length) {
            try {
                Thread.sleep(length);
                return true;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
