package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.simulations.trace.Trace;
import java.util.Optional;

/**
 * A workload of a live fleet.
 *
 * @param trace the load from the fleet's origin on, as it is, and from its start again when it ends; where there is none, the
 *     load is made up from the seed
 */
public record WorkloadSpec(ScalerPolicy policy, Optional<Trace> trace) {

    public static WorkloadSpec generated(ScalerPolicy policy) {
        return new WorkloadSpec(policy, Optional.empty());
    }

    public static WorkloadSpec traced(ScalerPolicy policy, Trace trace) {
        return new WorkloadSpec(policy, Optional.of(trace));
    }
}
