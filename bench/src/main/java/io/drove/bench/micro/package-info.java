/**
 * JMH benchmarks of small things that happen for each instance or each question: a fact applied, a frame or a batch written and read, JSON.
 *
 * <p>Front door: {@link io.drove.bench.micro.MicroRun}, which runs all of them and gives their figures. Anything else in this package and in what
 * JMH writes below it is for JMH. Depends on {@code core}, {@code model.wire}, {@code controller.journal} and {@code bench.sample}.
 */
@NullMarked
package io.drove.bench.micro;

import org.jspecify.annotations.NullMarked;
