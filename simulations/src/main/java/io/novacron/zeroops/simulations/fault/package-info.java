/** What can go wrong, how often, and when it did: every fault is drawn from the seed, and counted by its kind. */
@NullMarked
package io.novacron.zeroops.simulations.fault;

import org.jspecify.annotations.NullMarked;
