/**
 * How fast the agents are on this machine, each figure beside the limit that was measured in the same run: a machine that is
 * busy with other things slows both. The one package of this module that knows the host of production.
 */
@NullMarked
package io.novacron.zeroops.simulations.bench;

import org.jspecify.annotations.NullMarked;
