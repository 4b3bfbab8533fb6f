package io.drove.model.wire;

import io.drove.model.Surrogates;
import io.drove.model.wire.Problem.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything noticed while one document is read. */
final class Findings {
    private final int problemsMax;
    private final int warningsMax;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int problemCount;
    private int warningCount;

    Findings() {
        this(DocumentLimits.PROBLEMS_MAX, DocumentLimits.WARNINGS_MAX);
    }

    /** So many of each are told. */
    Findings(int problemsMax, int warningsMax) {
        this.problemsMax = problemsMax;
        this.warningsMax = warningsMax;
    }

    void add(Problem problem) {
        problemCount++;
        if (problems.size() < problemsMax) {
            problems.add(mended(problem));
        }
    }

    /** What the original's JSON reader would have refused. */
    void json(String path, String message, String suggestion) {
        add(new Problem(Kind.JSON_VALIDATION_FAILURE, path, message, "", "", suggestion));
    }

    /** What the original's validation would have refused, with a message that stands for itself. */
    void rule(String path, String message, String suggestion) {
        add(new Problem(Kind.COMMAND_VALIDATION_FAILURE, path, message, "", "", suggestion));
    }

    /** A value that breaks a constraint: printed as {@code <path> <phrase>}. */
    void constraint(String path, String phrase, String found, String allowed) {
        String message = path.isEmpty() ? phrase : path + " " + phrase;
        add(new Problem(Kind.COMMAND_VALIDATION_FAILURE, path, message, found, allowed, ""));
    }

    void warn(String warning) {
        warningCount++;
        if (warnings.size() < warningsMax) {
            warnings.add(Surrogates.mended(warning));
        }
    }

    /** A field that nobody asked for. A document may have a hundred thousand: the known one that it is like is sought for those that are told. */
    void unknown(TreeReader in, String field, Collection<String> known) {
        if (warnings.size() >= warningsMax) {
            warningCount++;
            return;
        }
        String nearest = Nearest.to(field, known);
        warn(Coercion.shorten(in.pathOf(field)) + " is not known and is ignored"
                + (nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)"));
    }

    /** What was meant by a word that is not known, for a problem that is about to be noted; not sought for one that will not be told. */
    String nearest(String word, Collection<String> known) {
        return problems.size() < problemsMax ? Nearest.to(word, known) : "";
    }

    /** What is quoted of a document is written into an answer. */
    private static Problem mended(Problem problem) {
        return new Problem(
                problem.kind(),
                Surrogates.mended(problem.path()),
                Surrogates.mended(problem.message()),
                Surrogates.mended(problem.found()),
                problem.allowed(),
                problem.suggestion());
    }

    /** Forgets all so far, since it has no meaning beside what is to be told now. */
    void startAnew() {
        problems.clear();
        warnings.clear();
        problemCount = 0;
        warningCount = 0;
    }

    /** Problems found so far, told or not. */
    int count() {
        return problemCount;
    }

    /** Problems and warnings found so far. */
    int told() {
        return problemCount + warningCount;
    }

    <T> Decoded<T> conclude(@Nullable T value) {
        if (warningCount > warnings.size()) {
            warnings.add((warningCount - warnings.size()) + " more warnings are not listed here");
            warningCount = warnings.size();
        }
        if (problemCount == 0 && value != null) {
            return new Decoded.Valid<>(value, warnings);
        }
        List<Problem> told = new ArrayList<>();
        // The original's JSON reader came first, so its family does too.
        problems.stream().filter(p -> p.kind() == Kind.JSON_VALIDATION_FAILURE).forEach(told::add);
        problems.stream()
                .filter(p -> p.kind() == Kind.COMMAND_VALIDATION_FAILURE)
                .forEach(told::add);
        Kind kind = told.isEmpty()
                ? Kind.COMMAND_VALIDATION_FAILURE
                : told.getFirst().kind();
        if (problemCount > told.size()) {
            told.add(new Problem(
                    kind, "", (problemCount - problems.size()) + " more problems are not listed here", "", "", ""));
        }
        return new Decoded.Invalid<>(kind, told, warnings);
    }
}
