/**
 * Identities: who is who, in a cluster and over its whole life. Each is a type of its own, so that two ids are never swapped.
 * Ids are made by {@code core} from seeds that come with its inputs; nothing here is random.
 */
@NullMarked
package io.drove.model.id;

import org.jspecify.annotations.NullMarked;
