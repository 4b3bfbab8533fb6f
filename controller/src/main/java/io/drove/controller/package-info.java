/**
 * The controller process: {@link io.drove.controller.ControllerServer} wires its parts by constructor calls, {@link
 * io.drove.controller.ControllerConfig} is its configuration file.
 *
 * <p>The parts are in the packages below: {@code loop} (the single writer), {@code journal} (its bytes), {@code link} (executors), {@code
 * api} and {@code feed} (clients). Nothing is decided here; that is core.
 *
 * <p>Front door: {@code ControllerServer.start}. Depends on everything below it, core and platform.
 */
@NullMarked
package io.drove.controller;

import org.jspecify.annotations.NullMarked;
