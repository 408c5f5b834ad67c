/**
 * The simulated fleet as a process of its own: it serves the protocol of {@code docs/provider-http.md}, bills, and sends
 * telemetry, as a real provider would, and can be as unreliable as one. Uses simulations, and what runtime writes and reads of
 * the protocol; no agents' host and no journal.
 */
@NullMarked
package io.novacron.zeroops.http.fleet;

import org.jspecify.annotations.NullMarked;
