package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.TypeName;

/**
 * What a provider says of a resource.
 *
 * @param applied the highest generation that changed it; 0 if none did
 * @param instances ready ones of a workload; of a VM 1 if it runs, else 0; of a host 0
 * @param booting instances that are not ready yet
 */
@TypeName("fleet.Observed/1")
public record Observed(String resource, long applied, Condition condition, int instances, int booting)
        implements Answer {}
