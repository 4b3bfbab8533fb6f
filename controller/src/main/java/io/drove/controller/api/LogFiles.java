package io.drove.controller.api;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.wire.ApiJson;
import io.drove.model.wire.InstanceInfo;
import io.drove.platform.time.Clock;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /logfiles/applications/…}: what workloads wrote, fetched from the executor that has it (reference 2.5). Works for live instances and for ended ones, as long as
 * they are remembered and their executor is there; else 204. Answers are not wrapped.
 *
 * <p>Different from the original: a file name that is more than one path component is refused with 400 before anybody is asked (there the executor's refusal came back as 500).
 */
final class LogFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");
    private static final Map<String, String> TYPES = Map.of(
            "gz", "application/gzip",
            "json", "application/json",
            "csv", "text/csv",
            "html", "text/html",
            "xml", "application/xml");
    private static final int NAME_MAX = 255;

    private final Supplier<ClusterState> published;
    private final ExecutorFiles files;
    private final Clock clock;

    LogFiles(Supplier<ClusterState> published, ExecutorFiles files, Clock clock) {
        this.published = published;
        this.files = files;
        this.clock = clock;
    }

    /** The body of errors of these endpoints. */
    record Failure(String error) {}

    /** The names of the files. */
    Handler list() {
        return handler((call, response) -> fetch(call, response, "list"));
    }

    /** A piece of a file, as JSON: {@code offset} and {@code length}, -1 for "the end" and "as much as you give". */
    Handler read() {
        return handler((call, response) -> {
            long offset = call.number("offset", -1L, -1L, Long.MAX_VALUE);
            int length = call.number("length", -1, -1, Integer.MAX_VALUE);
            Optional<String> file = fileName(call, response);
            if (file.isPresent()) {
                String query = "?offset=" + offset + "&length=" + length;
                fetch(call, response, "read/" + ExecutorFiles.component(file.get()) + query);
            }
        });
    }

    /** A whole file. */
    Handler download() {
        return handler((call, response) -> {
            Optional<String> file = fileName(call, response);
            if (file.isPresent()) {
                response.header(HeaderNames.CONTENT_TYPE, type(file.get()))
                        .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + shownName(call, file.get()))
                        .header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
                fetch(call, response, "download/" + ExecutorFiles.component(file.get()));
            }
        });
    }

    /** A fetch that may be interrupted or refused for its parameters. */
    @FunctionalInterface
    private interface Fetch {
        void run(Call call, ServerResponse response) throws InterruptedException;
    }

    private static Handler handler(Fetch fetch) {
        return (request, response) -> {
            try {
                fetch.run(new Call(request), response);
            } catch (BadCall bad) {
                bad.answer().send(response);
            }
        };
    }

    private void fetch(Call call, ServerResponse response, String what) throws InterruptedException {
        Optional<ExecutorRecord> executor = executor(call);
        if (executor.isEmpty()) {
            response.headers().clear();
            response.status(Status.NO_CONTENT_204).send();
            return;
        }
        String path = ExecutorFiles.component(call.path("id")) + "/" + ExecutorFiles.component(call.path("instanceId"))
                + "/" + what;
        try (ExecutorFiles.Transfer transfer = files.open(executor.get().inventory(), path)) {
            if (transfer.status() == 200) {
                copy(transfer, response);
            } else {
                // What the executor refuses is the caller's mistake; the original says 500, which sends people to our
                // logs.
                Status status = transfer.status() == Status.BAD_REQUEST_400.code()
                        ? Status.BAD_REQUEST_400
                        : Status.INTERNAL_SERVER_ERROR_500;
                fail(
                        response,
                        status,
                        "Executor call returned: " + transfer.status() + " body: " + transfer.beginning());
            }
        } catch (IOException failure) {
            LOG.warn(
                    "log file not fetched executor={} path={} reason={}",
                    executor.get().id(),
                    path,
                    failure.toString());
            String host = executor.get().inventory().hostname();
            fail(response, Status.INTERNAL_SERVER_ERROR_500, "Executor " + host + " could not be asked");
        }
    }

    private static void copy(ExecutorFiles.Transfer transfer, ServerResponse response) throws IOException {
        if (!response.headers().contains(HeaderNames.CONTENT_TYPE)) {
            response.header(HeaderNames.CONTENT_TYPE, transfer.contentType());
        }
        try {
            transfer.copyTo(response.outputStream());
        } catch (IOException broken) {
            if (transfer.isBegun()) {
                // Too late for another answer: the server cuts the connection, so that nobody takes the part for the
                // whole.
                LOG.info("log file broke off reason={}", broken.toString());
                throw new CloseConnectionException("log file broke off", broken);
            }
            throw broken;
        }
    }

    private Optional<ExecutorRecord> executor(Call call) {
        ClusterState state = published.get();
        AppRecord app = state.durable().app(new AppId(call.path("id")));
        if (app == null) {
            return Optional.empty();
        }
        return InstanceId.parse(call.path("instanceId"))
                .flatMap(id -> InstanceView.find(state, app, id))
                .map(InstanceInfo::executorId)
                .flatMap(id -> present(state, id));
    }

    private static Optional<ExecutorRecord> present(ClusterState state, ExecutorId id) {
        return Optional.ofNullable(state.durable().executor(id)).filter(executor -> !executor.lost());
    }

    /** The name if it is one path component; else it is answered, and empty. */
    private static Optional<String> fileName(Call call, ServerResponse response) {
        String name = call.path("file");
        boolean isComponent = !name.isEmpty()
                && name.length() <= NAME_MAX
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().allMatch(letter -> letter > ' ' && letter < 0x7f && "/\\\";,".indexOf(letter) < 0);
        if (!isComponent) {
            send(
                    response,
                    Status.BAD_REQUEST_400,
                    "Log file name must be one path component of plain letters, such as output.log");
            return Optional.empty();
        }
        return Optional.of(name);
    }

    private String shownName(Call call, String file) {
        if (!call.flag("rename")) {
            return file;
        }
        String stamp =
                STAMP.format(Instant.ofEpochMilli(clock.read().wallMillis()).atZone(ZoneId.systemDefault()));
        String id = call.path("id").replaceAll("[^A-Za-z0-9._-]", "_");
        return id + "_" + call.path("instanceId") + "_" + file + "-" + stamp;
    }

    private static String type(String file) {
        return TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "text/plain");
    }

    private static void fail(ServerResponse response, Status status, String error) {
        response.headers().clear();
        send(response, status, error);
    }

    private static void send(ServerResponse response, Status status, String error) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(ApiJson.write(new Failure(error)));
    }
}
