/**
 * What a benchmark prints: figures with the goals they are held against, as a table and as JSON lines.
 *
 * <p>Here: samples and their quantiles, a figure with its unit, goal and shape, the report. Not here: any measuring, any clock. The front
 * door is {@link io.drove.bench.figure.Report}. Depends on the plain JDK, and on Jackson for the JSON lines.
 */
@NullMarked
package io.drove.bench.figure;

import org.jspecify.annotations.NullMarked;
