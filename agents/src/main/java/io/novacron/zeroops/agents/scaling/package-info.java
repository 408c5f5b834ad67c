/**
 * How many instances a workload needs: {@link io.novacron.zeroops.agents.scaling.ScalerAgent} turns demand, as telemetry
 * and forecasts report it, into proposals. Uses core, and the negotiation's vocabulary.
 */
@NullMarked
package io.novacron.zeroops.agents.scaling;

import org.jspecify.annotations.NullMarked;
