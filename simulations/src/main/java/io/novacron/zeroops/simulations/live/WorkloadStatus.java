package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.core.Money;
import java.time.Instant;

/**
 * A workload as it is now.
 *
 * @param at the simulated instant that this is of
 * @param loadPerS requests per second, as telemetry showed it last
 * @param held requests that wait because no instance is ready
 * @param expectedPeakPerS until capacity ordered now could be ready
 * @param provisioned ready and booting instances
 * @param safeCapacityPerS what the ready instances serve within the SLO
 * @param costPerHour of the provisioned instances
 * @param failedShare of the requests of the last hour, those that failed or were over their SLO; 0..1
 */
public record WorkloadStatus(
        String workload,
        String project,
        Instant at,
        double loadPerS,
        double held,
        double expectedPeakPerS,
        int ready,
        int booting,
        int provisioned,
        double safeCapacityPerS,
        Money costPerHour,
        double failedShare) {}
