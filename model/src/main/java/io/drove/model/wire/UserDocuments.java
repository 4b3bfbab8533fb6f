package io.drove.model.wire;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * Reads what users send. Whatever the bytes are, the answer is a value or all problems of the document; nothing is thrown.
 *
 * <p>The size of a document is limited where it comes from (the HTTP server); depth, counts and lengths are limited here.
 */
public final class UserDocuments {
    private final SpecDecoder specs;
    private final OperationDecoder operations;

    public UserDocuments(SpecRules rules) {
        this.specs = new SpecDecoder(rules);
        this.operations = new OperationDecoder(rules);
    }

    /** Reads an operation on an application, as posted to {@code /v1/applications/operations}. */
    public Decoded<AppOperation> operation(byte[] json) {
        return read(
                json,
                new Findings(),
                DocumentTrees.Batch.NONE,
                (tree, findings) ->
                        TreeReader.documentVariant(tree, OperationDecoder.BASE, findings, operations::operation));
    }

    /** Reads several operations, as posted to {@code /v1/applications/operations/batch}; at least one, in the order written. One problem of any of them refuses all. */
    public Decoded<List<AppOperation>> operations(byte[] json) {
        Findings findings = new Findings(DocumentLimits.BATCH_FINDINGS_MAX, DocumentLimits.BATCH_FINDINGS_MAX);
        return read(
                json,
                findings,
                (operation, at, bytes) -> {
                    limit(findings, at, bytes);
                    return TreeReader.elementVariant(
                            operation,
                            at,
                            OperationDecoder.OPERATIONS,
                            OperationDecoder.BASE,
                            findings,
                            operations::operation);
                },
                (tree, _) -> {
                    if (tree.path(OperationDecoder.OPERATIONS).size() > DocumentLimits.BATCH_MAX) {
                        // That they are too many is told first, and alone.
                        findings.startAnew();
                    }
                    return TreeReader.document(tree, OperationDecoder.BATCH, findings, operations::batch);
                });
    }

    /** Reads the spec of an application, as posted to {@code /v1/applications/validate/spec}. */
    public Decoded<AppSpec> appSpec(byte[] json) {
        return read(
                json,
                new Findings(),
                DocumentTrees.Batch.NONE,
                (tree, findings) -> TreeReader.document(tree, SpecDecoder.TYPE, findings, specs::app));
    }

    /** A batch takes more bytes than a document with one operation; none of its operations may, since what an operation brings has to fit the journal. */
    private static void limit(Findings findings, Place operation, long bytes) {
        if (bytes > DocumentLimits.OPERATION_BYTES_MAX) {
            findings.constraint(
                    operation.toString(),
                    "is larger than an operation may be",
                    bytes + " bytes",
                    DocumentLimits.OPERATION_BYTES_MAX + " bytes");
        }
    }

    private static <T> Decoded<T> read(
            byte[] json,
            Findings findings,
            DocumentTrees.Batch batch,
            BiFunction<JsonNode, Findings, @Nullable T> how) {
        JsonNode tree;
        try {
            tree = DocumentTrees.read(json, batch);
        } catch (JacksonException malformed) {
            return malformed(phrase(malformed));
        } catch (NumberFormatException beyondNumbers) {
            // Jackson lets it out for exponents that no number has, such as 1e99999999999999.
            return malformed("Malformed numeric value: its exponent exceeds limits");
        }
        if (tree == null || tree.isNull() || tree.isMissingNode()) {
            findings.rule("", "The request body must not be null", "");
            return findings.conclude(null);
        }
        return findings.conclude(how.apply(tree, findings));
    }

    /** What was found in operations before that place is not told: it may be a part of what is wrong there. */
    private static <T> Decoded<T> malformed(String message) {
        Findings findings = new Findings();
        findings.json("", message, "");
        return findings.conclude(null);
    }

    /** Jackson 3 says "property" where the original's Jackson 2 says "field"; else the same, with the place added. */
    private static String phrase(JacksonException malformed) {
        String phrase = malformed
                .getOriginalMessage()
                .replace("start property name", "start field name")
                .replace("Duplicate Object property", "Duplicate field")
                .replaceFirst(", from `StreamReadConstraints\\.\\w+\\(\\)`", "")
                .replaceFirst(" \\(bound as .*", "");
        TokenStreamLocation place = malformed.getLocation();
        return place == null
                ? phrase
                : phrase + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }
}
