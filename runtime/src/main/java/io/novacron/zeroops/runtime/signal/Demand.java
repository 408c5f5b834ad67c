package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.runtime.learning.Skill;
import java.time.Instant;
import java.util.Optional;

/**
 * What a workload needs, as known at one instant. Loads are in the unit of the telemetry.
 *
 * @param sampledAt when the newest sample was measured
 * @param load now: the newest sample, or, where they come every second, the mean of the last few unless it stands out
 * @param growthPeak the load for which there should be capacity until capacity ordered now, or after the change that may be
 *     in flight, is ready: where idle capacity and requests over their objective cost least together ({@link Newsvendor});
 *     never less than {@code load}: the reactive floor
 * @param recentPeak the highest {@code growthPeak} of the stabilisation window: less is not held
 * @param idleSince since when the load has been 0 without interruption; empty if it is not 0
 * @param skill the model and how good it lately was over the growth horizon
 */
public record Demand(
        Instant sampledAt,
        double load,
        double growthPeak,
        double recentPeak,
        Optional<Instant> idleSince,
        Skill skill) {

    /** What the workload's scaler is told; {@code instances} that it has, booting ones too. */
    public ReportDemand report(int instances) {
        return new ReportDemand(
                sampledAt, load, growthPeak, growthPeak, recentPeak, instances, skill.model(), skill.error());
    }
}
