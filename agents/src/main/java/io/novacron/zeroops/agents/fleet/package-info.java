/**
 * The fleet's resources: VMs, workloads and hosts, each the only writer of its own actual state, with one change in flight;
 * and what a provider of a fleet must promise. Uses core, and the negotiation's vocabulary.
 */
@NullMarked
package io.novacron.zeroops.agents.fleet;

import org.jspecify.annotations.NullMarked;
