package io.novacron.zeroops.simulations.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * How one policy did on one load. Over several runs: the 95th percentile of the two times, the mean of the rest.
 *
 * @param detectionS seconds from the true start of the need (where the scenario makes the load rise, the first moment of the
 *     rise; in a trace, the first instant at which the load is more than the instances at the start can serve within the SLO) to the policy's first decision to grow since then; 0 if all its
 *     decisions to grow were earlier; null if there was no such need or the policy never decided
 * @param readyS seconds from that start to the instant from which on the ready instances suffice for the load to the end
 *     of its rise; 0 if they always did; null as above
 * @param sloViolationPct requests failed or over their SLO, percent of all requests
 * @param underProvisionedPct time with fewer ready instances than the load required, percent (SPEC RG: tau_U)
 * @param overProvisionedPct time with more ready instances than the load required, percent (SPEC RG: tau_O)
 * @param thetaU instances missing, averaged over time and relative to those required, percent (SPEC RG: theta_U)
 * @param thetaO instances in excess, averaged over time and relative to those required, percent (SPEC RG: theta_O)
 * @param instabilityPct time in which required and ready instances change in different directions, percent (SPEC RG: upsilon)
 * @param jitterPerH changes of the ready instances less those of the required ones, each hour (SPEC RG: j)
 * @param instanceHours billed
 * @param decisions that reached a verdict; for a baseline, changes of its target
 * @param interventions decisions that a person approved, overrode or had to finish
 */
public record PolicyFigures(
        @Nullable Double detectionS,
        @Nullable Double readyS,
        double sloViolationPct,
        double underProvisionedPct,
        double overProvisionedPct,
        double thetaU,
        double thetaO,
        double instabilityPct,
        double jitterPerH,
        double instanceHours,
        double costUsd,
        int peakInstances,
        int finalInstances,
        long decisions,
        long interventions) {}
