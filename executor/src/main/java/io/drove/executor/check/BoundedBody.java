package io.drove.executor.check;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The first 8 KiB of a body; the rest is not read. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private static final int BYTES_MAX = 8 * 1024;

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            byte[] some = new byte[Math.min(piece.remaining(), BYTES_MAX - bytes.size())];
            piece.get(some);
            bytes.writeBytes(some);
        }
        Flow.Subscription current = subscription;
        if (bytes.size() >= BYTES_MAX) {
            body.complete(bytes.toByteArray());
            if (current != null) {
                current.cancel();
            }
        } else if (current != null) {
            current.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
