/**
 * Looking from outside, over and over: conditions awaited at a fine grain, HTTP ports asked, processes' figures read.
 *
 * <p>Everything here costs the machine something while it looks, and the same for whoever is measured. Front doors: {@link
 * io.drove.bench.watch.Await} and {@link io.drove.bench.watch.HttpProbe}. Depends on the plain JDK, Linux's {@code /proc} and the JDK's {@code
 * jcmd}.
 */
@NullMarked
package io.drove.bench.watch;

import org.jspecify.annotations.NullMarked;
