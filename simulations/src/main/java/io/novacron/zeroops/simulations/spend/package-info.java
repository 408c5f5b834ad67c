/**
 * How well spend is forecast and its anomalies are found, on a recorded series: read forward in time once, nothing from the
 * future. Uses trace, evaluation, scenario's way of refusing input, and runtime's learning.
 */
@NullMarked
package io.novacron.zeroops.simulations.spend;

import org.jspecify.annotations.NullMarked;
