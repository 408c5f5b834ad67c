package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.baseline.Oracle;
import io.novacron.zeroops.simulations.baseline.ReactiveFront;
import io.novacron.zeroops.simulations.baseline.ReactiveTargetTracking;
import io.novacron.zeroops.simulations.baseline.StaticPeak;
import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.ReactiveTarget;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Variant;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Our policy and every baseline on the same loads, seed by seed, and what they come to over all of them. */
final class Comparison {
    private static final double READY_PERCENTILE = 0.95;

    private final List<PolicyFigures> ours = new ArrayList<>();
    private final List<PolicyFigures> statics = new ArrayList<>();
    private final List<PolicyFigures> oracles = new ArrayList<>();
    private final Map<Double, List<PolicyFigures>> reactives = new TreeMap<>();

    /** Runs every baseline beside what ours came to. */
    void add(PolicyFigures figures, FleetSetup setup, String run, TimelineSink timeline) {
        ours.add(figures);
        statics.add(new StaticPeak().run(setup, run, timeline));
        oracles.add(new Oracle().run(setup, run, timeline));
        for (double target : ReactiveFront.TARGETS) {
            reactives
                    .computeIfAbsent(target, t -> new ArrayList<>())
                    .add(new ReactiveTargetTracking(target).run(setup, run, timeline));
        }
    }

    /** As {@code reactive} stands the target that does best by our own measure; see {@link #comparable}. */
    Variant variant(String name) {
        PolicyFigures mine = over(ours);
        PolicyFigures oracle = over(oracles);
        var front = ReactiveFront.of(target -> over(reactives.getOrDefault(target, List.of())));
        Map<String, PolicyFigures> policies = new LinkedHashMap<>();
        policies.put(ScalingRun.POLICY, mine);
        policies.put("reactive", comparable(front, mine).figures());
        policies.put("static", over(statics));
        policies.put("oracle", oracle);
        return new Variant(
                name, policies, front.targets(), front.oracleShare(mine, oracle), front.violationsAtSameCost(mine));
    }

    /** The target that {@link #variant} shows as {@code reactive}, in words. */
    static String note(Variant variant) {
        PolicyFigures shown = variant.policies().get("reactive");
        return variant.name() + ": 'reactive' is target "
                + variant.reactiveFront().stream()
                        .filter(target -> target.figures().equals(shown))
                        .findFirst()
                        .map(ReactiveTarget::target)
                        .orElseThrow()
                + ", the cheapest with no more SLO violations than zeroops, or else the one with the fewest";
    }

    /** The cheapest with no more SLO violations than ours; where there is none, the one with the fewest. */
    static ReactiveTarget comparable(ReactiveFront front, PolicyFigures mine) {
        return front.bestAtOrBelow(mine.sloViolationPct()).orElseGet(() -> front.targets().stream()
                .min(Comparator.comparingDouble(
                        (ReactiveTarget target) -> target.figures().sloViolationPct()))
                .orElseThrow());
    }

    /** Over several runs: the 95th percentile of the two times, by nearest rank, the mean of the rest. */
    static PolicyFigures over(List<PolicyFigures> runs) {
        return new PolicyFigures(
                percentile(runs.stream().map(PolicyFigures::detectionS).toList()),
                percentile(runs.stream().map(PolicyFigures::readyS).toList()),
                mean(runs.stream().map(PolicyFigures::sloViolationPct).toList()),
                mean(runs.stream().map(PolicyFigures::underProvisionedPct).toList()),
                mean(runs.stream().map(PolicyFigures::overProvisionedPct).toList()),
                mean(runs.stream().map(PolicyFigures::thetaU).toList()),
                mean(runs.stream().map(PolicyFigures::thetaO).toList()),
                mean(runs.stream().map(PolicyFigures::instabilityPct).toList()),
                mean(runs.stream().map(PolicyFigures::jitterPerH).toList()),
                mean(runs.stream().map(PolicyFigures::instanceHours).toList()),
                mean(runs.stream().map(PolicyFigures::costUsd).toList()),
                (int) Math.round(
                        mean(runs.stream().map(f -> (double) f.peakInstances()).toList())),
                (int) Math.round(
                        mean(runs.stream().map(f -> (double) f.finalInstances()).toList())),
                Math.round(mean(runs.stream().map(f -> (double) f.decisions()).toList())),
                Math.round(
                        mean(runs.stream().map(f -> (double) f.interventions()).toList())));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /** A run that never came to it counts as longer than any. */
    private static @Nullable Double percentile(List<@Nullable Double> values) {
        List<@Nullable Double> sorted = new ArrayList<>(values);
        sorted.sort(Comparator.nullsLast(Comparator.naturalOrder()));
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(READY_PERCENTILE * sorted.size()) - 1);
    }
}
