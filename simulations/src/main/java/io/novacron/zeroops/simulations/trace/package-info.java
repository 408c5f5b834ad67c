/**
 * Load over time: step-wise constant rates, read from files or made by a scenario. Needs nothing but runtime.csv and
 * Commons Math; times inside are milliseconds since the load's start.
 */
@NullMarked
package io.novacron.zeroops.simulations.trace;

import org.jspecify.annotations.NullMarked;
