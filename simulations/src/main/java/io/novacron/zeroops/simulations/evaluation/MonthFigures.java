package io.novacron.zeroops.simulations.evaluation;

import io.novacron.zeroops.simulations.evaluation.SimulationReport.ReactiveTarget;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Variant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A month of everything at once; means over the seeds, but where said otherwise.
 *
 * @param policies of all workloads and VMs together; SLO violations are weighed by requests. {@code static} and {@code reactive} let every VM run;
 *     {@code oracle} stops one when nobody uses it any more, and never starts what nobody uses
 * @param variants the workloads by themselves, without VMs
 * @param savedVsStaticPct of the cost of static peak provisioning
 * @param waste what is taken away against static peak provisioning, by kind, and what is left of it
 * @param falseStops over all seeds, stops of VMs that were wanted later; {@code wrongDeletions} of those that were gone by then
 * @param zombiesStoppedWithinS the longest, over the seeds, from an anomaly's signal until the last zombie was stopped; null if one never was
 * @param falseAnomalies over all seeds, told while there was none
 */
public record MonthFigures(
        String scenario,
        List<Long> seeds,
        int days,
        Map<String, PolicyFigures> policies,
        List<ReactiveTarget> reactiveFront,
        List<Variant> variants,
        @Nullable Double oracleShare,
        @Nullable Double violationsVsReactiveSameCost,
        double savedVsStaticPct,
        List<Waste> waste,
        long vms,
        long abandoned,
        long abandonedStopped,
        long zombies,
        long zombiesStopped,
        @Nullable Double zombiesStoppedWithinS,
        long falseStops,
        long wrongDeletions,
        long falseAnomalies,
        long decisions,
        long interventions,
        double virtualS,
        double wallS,
        long steps,
        long journalEvents,
        String journalSha256,
        long invariantsChecked,
        long invariantsViolated) {

    /**
     * One kind.
     *
     * @param removedUsd what it would have cost and did not
     * @param leftUsd what it still costs, against the oracle
     */
    public record Waste(String kind, double removedUsd, double leftUsd) {}
}
