package io.drove.controller.api;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One exchange with the original as it was recorded: the request, and what came back. */
record RecordedExchange(
        String name,
        String method,
        String path,
        @Nullable String user,
        Map<String, String> headers,
        @Nullable String body,
        int status,
        Map<String, String> answerHeaders,
        @Nullable String answer) {
    private static final Pattern EXTRA = Pattern.compile("'([^']+)': '([^']+)'");
    private static final Pattern STATUS = Pattern.compile("^HTTP (\\d+) .*");

    private static final String INSTANCE = "AI-[0-9a-f-]{36}";

    /** With this instance in place of each that was recorded. */
    static RecordedExchange read(String name, String instance) {
        RecordedExchange recorded = read(name);
        String body = recorded.body();
        String answer = recorded.answer();
        Map<String, String> answerHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        recorded.answerHeaders()
                .forEach((header, value) -> answerHeaders.put(header, value.replaceAll(INSTANCE, instance)));
        return new RecordedExchange(
                name,
                recorded.method(),
                recorded.path().replaceAll(INSTANCE, instance),
                recorded.user(),
                recorded.headers(),
                body == null ? null : body.replaceAll(INSTANCE, instance),
                recorded.status(),
                answerHeaders,
                answer == null ? null : answer.replaceAll(INSTANCE, instance));
    }

    static RecordedExchange read(String name) {
        List<String> lines =
                requireNonNull(text("/captures/" + name + ".meta")).lines().toList();
        String[] first = lines.getFirst().split(" ", 2);
        String auth = value(lines, "auth: ");
        Map<String, String> headers = new TreeMap<>();
        Matcher extra = EXTRA.matcher(value(lines, "extra request headers: "));
        while (extra.find()) {
            headers.put(extra.group(1), extra.group(2));
        }
        int status = 0;
        while (!STATUS.matcher(lines.get(status)).matches()) {
            status++;
        }
        Map<String, String> answerHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(status + 1, lines.size())) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                answerHeaders.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        Matcher code = STATUS.matcher(lines.get(status));
        code.matches();
        String answer = text("/captures/" + name + ".body.json");
        return new RecordedExchange(
                name,
                first[0],
                first[1],
                auth.equals("None") ? null : auth,
                headers,
                body(lines.subList(0, status)),
                Integer.parseInt(code.group(1)),
                answerHeaders,
                answer == null ? text("/captures/" + name + ".body.txt") : answer);
    }

    private static @Nullable String body(List<String> lines) {
        List<String> body = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("request body: ")) {
                body.add(line.substring("request body: ".length()));
            } else if (!body.isEmpty()) {
                body.add(line);
            }
        }
        return body.isEmpty() ? null : String.join("\n", body).strip();
    }

    private static String value(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .substring(prefix.length());
    }

    private static @Nullable String text(String resource) {
        try (InputStream in = RecordedExchange.class.getResourceAsStream(resource)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
