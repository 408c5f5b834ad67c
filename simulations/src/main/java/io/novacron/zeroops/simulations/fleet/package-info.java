/**
 * A simulated fleet under load: what instances can serve within the SLO, how long they boot, what they are billed, and
 * the integrals from which a policy's figures come. Knows loads and figures, no policy. Instants are milliseconds of
 * virtual time since the start of the load; chance comes from seeds alone.
 */
@NullMarked
package io.novacron.zeroops.simulations.fleet;

import org.jspecify.annotations.NullMarked;
