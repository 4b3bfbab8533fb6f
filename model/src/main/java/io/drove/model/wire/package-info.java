/**
 * JSON, also in binary, and nothing else: the only package of the vocabulary that knows how a thing is written down.
 *
 * <p>What lives here: reading what users send ({@link io.drove.model.wire.UserDocuments}, the front door, which answers with a value or with
 * <em>all</em> problems of the document), the shapes of the API's answers and their writer ({@link io.drove.model.wire.ApiJson}), the frames
 * between controller and executor ({@link io.drove.model.wire.SessionCodec}), and a codec for records that only we read again ({@link
 * io.drove.model.wire.InternalCodec}). What does not: HTTP, files, and any check that needs the cluster's state.
 *
 * <p>Field names, defaults, limits and phrases follow {@code reference} 1.1 to 1.3, 4 and appendix D. May depend on the other packages of the
 * model and on Jackson; nothing of the model may depend on it.
 */
@NullMarked
package io.drove.model.wire;

import org.jspecify.annotations.NullMarked;
