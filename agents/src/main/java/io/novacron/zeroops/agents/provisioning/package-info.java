/**
 * Capacity: which machines there are and what they cost, which of them hold a demand for the least money, what can be given
 * back, and how to buy it (spot, on demand, committed). Pure arithmetic on values: whoever has prices and usage calls it.
 * Uses core only.
 */
@NullMarked
package io.novacron.zeroops.agents.provisioning;

import org.jspecify.annotations.NullMarked;
