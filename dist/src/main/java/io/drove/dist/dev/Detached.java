package io.drove.dist.dev;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code drove dev --detach}: starts the supervisor in the background and shows what it says until the cluster is up. */
final class Detached {
    private static final long LOOK_MILLIS = 20;

    private Detached() {}

    /** Returns 0 once everything is up, 1 if it did not come up. */
    static int run(DevDirectory directory, List<String> arguments, PrintStream out)
            throws IOException, InterruptedException {
        directory.create();
        Path log = directory.log("supervisor");
        long shown = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder =
                DroveProcess.drove(arguments).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (!StandardOutput.isPrivate()) {
            builder.environment().put(StandardOutput.SEEN_BY_OTHERS, "true");
        }
        Process supervisor = builder.start();
        boolean hasEnded = false;
        Optional<ClusterRecord> record = Optional.empty();
        while (!hasEnded && !isUp(record, supervisor)) {
            hasEnded = supervisor.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            record = ClusterRecord.read(directory.record());
            shown = show(log, shown, out);
        }
        show(log, shown, out);
        return record.filter(found -> found.state() == ClusterRecord.State.READY)
                                .isPresent()
                        && !hasEnded
                ? 0
                : 1;
    }

    private static boolean isUp(Optional<ClusterRecord> record, Process supervisor) {
        return record.filter(found -> found.state() != ClusterRecord.State.STARTING)
                .filter(found -> found.processes().getFirst().pid() == supervisor.pid())
                .isPresent();
    }

    private static long show(Path log, long from, PrintStream out) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] fresh = new byte[Math.toIntExact(Math.max(0, file.length() - from))];
            file.seek(from);
            file.readFully(fresh);
            out.write(fresh, 0, fresh.length);
            out.flush();
            return from + fresh.length;
        }
    }
}
