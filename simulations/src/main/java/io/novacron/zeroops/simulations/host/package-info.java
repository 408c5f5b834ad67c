/**
 * The virtual-time host: runs the same agents as the Akka host, several simulated nodes in one thread, with time, chance
 * and faults as arguments. The same seed gives the same journal, byte for byte.
 */
@NullMarked
package io.novacron.zeroops.simulations.host;

import org.jspecify.annotations.NullMarked;
