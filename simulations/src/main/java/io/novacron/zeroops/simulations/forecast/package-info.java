/**
 * How good forecasts are on a recorded series, beside simple rivals: one pass forward in time, nothing from the future. Knows
 * traces, the forecasters of {@code runtime.learning} and the reports; no Akka, clock or chance but the time that it took.
 */
@NullMarked
package io.novacron.zeroops.simulations.forecast;

import org.jspecify.annotations.NullMarked;
