/** What happened in the cluster, for those who follow it (reference 4.12). */
@NullMarked
package io.drove.model.event;

import org.jspecify.annotations.NullMarked;
