package io.drove.model.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every answer of the API is wrapped in.
 *
 * @param <T> the data; absent in most failures
 * @param warnings what is odd but was accepted; left out when there is nothing
 */
public record Envelope<T>(
        Status status,
        @Nullable T data,
        String message,
        @Nullable List<String> warnings) {
    /** How it went. */
    public enum Status {
        SUCCESS,
        FAILED
    }

    /** The original's message for every success. */
    private static final String SUCCESS_MESSAGE = "success";

    public static <T> Envelope<T> success(T data) {
        return new Envelope<>(Status.SUCCESS, data, SUCCESS_MESSAGE, null);
    }

    public static <T> Envelope<T> success(T data, List<String> warnings) {
        return new Envelope<>(Status.SUCCESS, data, SUCCESS_MESSAGE, warnings.isEmpty() ? null : warnings);
    }

    /** Success with nothing to say. */
    public static Envelope<Void> success() {
        return new Envelope<>(Status.SUCCESS, null, SUCCESS_MESSAGE, null);
    }

    public static Envelope<Void> failed(String message) {
        return new Envelope<>(Status.FAILED, null, message, null);
    }

    /** A failure of a part, with what became of all of it. */
    public static <T> Envelope<T> failed(T data, String message, List<String> warnings) {
        return new Envelope<>(Status.FAILED, data, message, warnings.isEmpty() ? null : warnings);
    }

    /** A document that was refused, with all its problems; goes with status 400. */
    public static Envelope<Refusal> invalid(Decoded.Invalid<?> refused) {
        return invalid(refused.problems(), refused.kind().message(), refused.warnings());
    }

    /** Problems under a message of choice; goes with status 400. */
    public static Envelope<Refusal> invalid(List<Problem> problems, String message, List<String> warnings) {
        Refusal refusal = new Refusal(
                problems.stream().map(Problem::text).toList(),
                problems.stream().map(Refusal.Detail::of).toList());
        return new Envelope<>(Status.FAILED, refusal, message, warnings.isEmpty() ? null : warnings);
    }

    /** A command that the cluster's state does not allow; goes with status 400. */
    public static Envelope<Refusal> refused(List<String> reasons) {
        return new Envelope<>(
                Status.FAILED,
                new Refusal(reasons, List.of()),
                Problem.Kind.COMMAND_VALIDATION_FAILURE.message(),
                null);
    }

    /**
     * Why something was refused.
     *
     * @param validationErrors one line each, as in the original
     * @param problems the same in parts; empty when the refusal is not about a document
     */
    public record Refusal(List<String> validationErrors, List<Detail> problems) {
        /** One problem in parts; what does not apply is left out. */
        public record Detail(
                String path,
                String message,
                @Nullable String found,
                @Nullable String allowed,
                @Nullable String suggestion) {
            static Detail of(Problem problem) {
                return new Detail(
                        problem.path(),
                        problem.message(),
                        emptyToNull(problem.found()),
                        emptyToNull(problem.allowed()),
                        emptyToNull(problem.suggestion()));
            }

            private static @Nullable String emptyToNull(String text) {
                return text.isEmpty() ? null : text;
            }
        }
    }
}
