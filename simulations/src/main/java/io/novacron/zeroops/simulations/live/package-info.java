/**
 * The simulated fleet on a running clock: what a control plane is shown and tried out on, with nothing of it being real but
 * the decisions. It outlives its process, by a ledger. Uses the fleet, traces and virtual time of this module, and the
 * telemetry windows and the clock of runtime; no Akka, no clock or chance of its own.
 */
@NullMarked
package io.novacron.zeroops.simulations.live;

import org.jspecify.annotations.NullMarked;
