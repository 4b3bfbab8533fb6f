package io.drove.client;

import io.drove.client.CallFailedException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its answer, over the JDK's {@link HttpURLConnection}: with an AOT cache its first call takes 15 ms, that of
 * {@code java.net.http} 120 ms plus half a second to set up and tear down its selector (measured on two cores). Never follows a redirect:
 * a controller that redirects does not lead. Never repeats a POST.
 */
final class Exchange {
    /** An answer longer than this is refused: 100,000 instances are about 60 MB. */
    private static final int LONGEST_ANSWER = 256 << 20;

    private final Connection connection;

    Exchange(Connection connection) {
        this.connection = connection;
    }

    /** @param contentType without parameters, in lower case */
    record Answer(int status, String contentType, byte[] body) {}

    Answer call(String method, URI uri, byte @Nullable [] body) {
        long start = System.nanoTime();
        HttpURLConnection http = open(method, uri, body);
        try {
            int status = http.getResponseCode();
            return new Answer(status, contentType(http), read(http, status, start, uri));
        } catch (HttpRetryException unauthenticated) {
            // With a streamed body the JDK reports a 401 in this way.
            return new Answer(unauthenticated.responseCode(), "", new byte[0]);
        } catch (IOException failure) {
            throw unreachable(uri, failure);
        }
    }

    /** Streams a successful answer into {@code target}; another one is returned with its body. */
    Answer download(URI uri, OutputStream target) throws IOException {
        HttpURLConnection http = open("GET", uri, null);
        long start = System.nanoTime();
        try {
            int status = http.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                return new Answer(status, contentType(http), read(http, status, start, uri));
            }
        } catch (IOException failure) {
            throw unreachable(uri, failure);
        }
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = http.getInputStream()) {
            for (int count = readSome(in, buffer, uri); count >= 0; count = readSome(in, buffer, uri)) {
                target.write(buffer, 0, count);
            }
        }
        return new Answer(HttpURLConnection.HTTP_OK, contentType(http), new byte[0]);
    }

    /** Failures of the network are told apart from those of the target, which stay {@link IOException}s. */
    private int readSome(InputStream in, byte[] buffer, URI uri) {
        try {
            return in.read(buffer);
        } catch (IOException failure) {
            throw unreachable(uri, failure);
        }
    }

    private HttpURLConnection open(String method, URI uri, byte @Nullable [] body) {
        try {
            HttpURLConnection http = (HttpURLConnection) uri.toURL().openConnection();
            http.setRequestMethod(method);
            http.setInstanceFollowRedirects(false);
            http.setUseCaches(false);
            http.setConnectTimeout(Math.toIntExact(connection.connectTimeout().toMillis()));
            http.setReadTimeout(Math.toIntExact(connection.readTimeout().toMillis()));
            http.setRequestProperty("Accept", "application/json, */*;q=0.5");
            http.setRequestProperty("User-Agent", "drove");
            connection.credentials().header().ifPresent(value -> http.setRequestProperty("Authorization", value));
            if (connection.insecure() && http instanceof HttpsURLConnection https) {
                AnyCertificate.accept(https);
            }
            if (body != null) {
                send(http, body);
            }
            return http;
        } catch (IOException failure) {
            throw unreachable(uri, failure);
        }
    }

    private static void send(HttpURLConnection http, byte[] body) throws IOException {
        http.setDoOutput(true);
        http.setRequestProperty("Content-Type", "application/json");
        // A streamed body also keeps the JDK from sending a POST a second time on a broken connection.
        http.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = http.getOutputStream()) {
            out.write(body);
        }
    }

    private byte[] read(HttpURLConnection http, int status, long start, URI uri) throws IOException {
        try (InputStream in = status < 400 ? http.getInputStream() : http.getErrorStream()) {
            if (in == null) {
                return new byte[0];
            }
            java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
            byte[] buffer = new byte[16 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                body.write(buffer, 0, count);
                if (body.size() > LONGEST_ANSWER) {
                    throw new CallFailedException(
                            Kind.UNREADABLE,
                            uri + " answers with more than " + (LONGEST_ANSWER >> 20) + " MB",
                            CallFailedException.Details.NONE);
                }
                if (Duration.ofNanos(System.nanoTime() - start).compareTo(connection.readTimeout()) > 0) {
                    throw new SocketTimeoutException("the answer was still not complete");
                }
            }
            return body.toByteArray();
        }
    }

    private static String contentType(HttpURLConnection http) {
        String type = http.getContentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private CallFailedException unreachable(URI uri, IOException failure) {
        String base = uri.getScheme() + "://" + uri.getAuthority();
        String what = switch (failure) {
            case ConnectException refused -> "nothing answers at " + base;
            case UnknownHostException unknown -> "there is no host " + uri.getHost() + " (for " + base + ")";
            case SocketTimeoutException silent ->
                base + " did not answer in time (" + connection.connectTimeout().toSeconds() + " s to connect, "
                        + connection.readTimeout().toSeconds() + " s to answer)";
            case SSLException tls -> "no secure connection to " + base + ": " + tls.getMessage();
            default -> base + " did not give a usable answer: " + failure.getMessage();
        };
        return new CallFailedException(Kind.UNREACHABLE, what, failure);
    }
}
