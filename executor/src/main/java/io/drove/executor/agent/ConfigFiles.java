package io.drove.executor.agent;

import io.drove.executor.container.InjectedFile;
import io.drove.model.app.AppSpec;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.HttpCall;
import io.drove.model.session.SessionProtocol;
import io.drove.platform.fetch.Fetch;
import io.drove.platform.fetch.FetchFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gets the config files of an instance together (reference 4.6). What the controller is to fetch is asked of it. */
final class ConfigFiles {
    // What the leader needs beside the time of the fetch itself.
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final LeaderLink link;

    ConfigFiles(LeaderLink link) {
        this.link = link;
    }

    List<InjectedFile> gather(AppSpec spec) throws ConfigUnavailable, InterruptedException {
        List<InjectedFile> files = new ArrayList<>();
        for (int i = 0; i < spec.configs().size(); i++) {
            ConfigSpec config = spec.configs().get(i);
            Blob content = switch (config) {
                case ConfigSpec.Inline inline -> inline.data();
                case ConfigSpec.ExecutorLocalFile file -> local(file);
                case ConfigSpec.ExecutorHttpFetch fetch -> fetch(fetch);
                case ConfigSpec.ControllerHttpFetch fetch -> ask(fetch, spec, i);
            };
            files.add(new InjectedFile(config.localFilename(), content));
        }
        return files;
    }

    private static Blob local(ConfigSpec.ExecutorLocalFile config) throws ConfigUnavailable {
        Path file = Path.of(config.filePathOnHost());
        try {
            // Opening a pipe would wait for a writer, and a device may never end.
            if (!Files.isRegularFile(file)) {
                throw new IOException("it is no regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(HttpCall.ANSWER_BYTES_MAX + 1);
                if (bytes.length > HttpCall.ANSWER_BYTES_MAX) {
                    throw new IOException("it is larger than " + HttpCall.ANSWER_BYTES_MAX + " bytes");
                }
                return Blob.of(bytes);
            }
        } catch (IOException e) {
            throw new ConfigUnavailable(
                    config.localFilename(), "could not be read from " + file + ": " + e.getMessage(), e);
        }
    }

    private static Blob fetch(ConfigSpec.ExecutorHttpFetch config) throws ConfigUnavailable, InterruptedException {
        HttpCall call = config.http();
        try {
            return Blob.of(new Fetch(
                            call.url(),
                            call.verb().name(),
                            call.requestHeaders(),
                            call.payload(),
                            call.successCodes(),
                            call.insecure(),
                            limits(call))
                    .run()
                    .body());
        } catch (FetchFailed e) {
            throw new ConfigUnavailable(
                    config.localFilename(), "could not be fetched from " + call.url() + ": " + e.getMessage(), e);
        }
    }

    private static Fetch.Limits limits(HttpCall call) {
        return new Fetch.Limits(
                        call.connectionTimeout().toDuration(),
                        call.operationTimeout().toDuration(),
                        HttpCall.ANSWER_BYTES_MAX)
                .within(HttpCall.LONGEST.toDuration());
    }

    private Blob ask(ConfigSpec.ControllerHttpFetch config, AppSpec spec, int index)
            throws ConfigUnavailable, InterruptedException {
        HttpCall call = config.http();
        String path = SessionProtocol.CONFIGS + "/"
                + URLEncoder.encode(spec.id().value(), StandardCharsets.UTF_8).replace("+", "%20") + "/" + index;
        Fetch.Limits limits = limits(call);
        try {
            HttpResponse<byte[]> answer =
                    link.ask(path, limits.connect().plus(limits.answer()).plus(SLACK), HttpCall.ANSWER_BYTES_MAX);
            if (answer.statusCode() != 200) {
                throw new FetchFailed(new String(answer.body(), StandardCharsets.UTF_8));
            }
            return Blob.of(answer.body());
        } catch (FetchFailed e) {
            throw new ConfigUnavailable(
                    config.localFilename(),
                    "could not be fetched by the controller from " + call.url() + ": " + e.getMessage(),
                    e);
        }
    }
}
