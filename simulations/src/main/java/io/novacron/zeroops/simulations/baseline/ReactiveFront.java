package io.novacron.zeroops.simulations.baseline;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.ReactiveTarget;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What reactive target tracking comes to at every target: against one target alone, a policy could win by being set
 * otherwise rather than by being better.
 *
 * @param targets ascending
 */
public record ReactiveFront(List<ReactiveTarget> targets) {
    /** 0.40, 0.45 ... 1.00: as dear as anyone would run it, and as cheap as it can be. */
    public static final List<Double> TARGETS = IntStream.rangeClosed(8, 20)
            .mapToObj(twentieths -> twentieths / 20.0)
            .toList();

    public ReactiveFront {
        targets = List.copyOf(targets);
    }

    public static ReactiveFront run(FleetSetup setup) {
        return run(setup, "", TimelineSink.NONE);
    }

    public static ReactiveFront run(FleetSetup setup, String run, TimelineSink sink) {
        return of(target -> new ReactiveTargetTracking(target).run(setup, run, sink));
    }

    /** For figures that come from more than one run of each target. */
    public static ReactiveFront of(Function<Double, PolicyFigures> figures) {
        return new ReactiveFront(TARGETS.stream()
                .map(target -> new ReactiveTarget(target, figures.apply(target)))
                .toList());
    }

    /** The cheapest target with no more SLO violations than this, in percent; of equally cheap ones the lowest target. */
    public Optional<ReactiveTarget> bestAtOrBelow(double violationPct) {
        return targets.stream()
                .filter(target -> target.figures().sloViolationPct() <= violationPct)
                .min(Comparator.comparingDouble(target -> target.figures().costUsd()));
    }

    /**
     * Our SLO violations, relative to those of reactive target tracking at the same cost: between two targets the violations
     * are interpolated linearly in cost, of targets alone that no other beats in both. Where we are cheaper than all of
     * them, the cheapest stands for the same cost.
     *
     * @return 0 where ours has none; null where every target is cheaper than ours, or the one that costs the same has none
     */
    public @Nullable Double violationsAtSameCost(PolicyFigures ours) {
        List<PolicyFigures> best = targets.stream()
                .map(ReactiveTarget::figures)
                .filter(f -> targets.stream().noneMatch(other -> isBetter(other.figures(), f)))
                .sorted(Comparator.comparingDouble(PolicyFigures::costUsd))
                .toList();
        int dearer = 0;
        while (dearer < best.size() && best.get(dearer).costUsd() < ours.costUsd()) {
            dearer++;
        }
        if (dearer == best.size()) {
            return null;
        }
        PolicyFigures above = best.get(dearer);
        PolicyFigures below = best.get(Math.max(0, dearer - 1));
        double span = above.costUsd() - below.costUsd();
        double share = span > 0 ? (above.costUsd() - ours.costUsd()) / span : 0;
        double theirs = above.sloViolationPct()
                + Math.max(0, Math.min(1, share)) * (below.sloViolationPct() - above.sloViolationPct());
        if (ours.sloViolationPct() == 0) {
            return 0.0;
        }
        return theirs > 0 ? ours.sloViolationPct() / theirs : null;
    }

    private static boolean isBetter(PolicyFigures one, PolicyFigures other) {
        return one.costUsd() <= other.costUsd()
                && one.sloViolationPct() <= other.sloViolationPct()
                && (one.costUsd() < other.costUsd() || one.sloViolationPct() < other.sloViolationPct());
    }

    /**
     * How much of what can be saved at all, against the best reactive target with no more violations than ours, ours saves:
     * 1 is as cheap as the oracle, 0 as dear as the best reactive, and less is worse.
     *
     * @return null where no target has as few violations, or the best is no dearer than the oracle
     */
    public @Nullable Double oracleShare(PolicyFigures ours, PolicyFigures oracle) {
        ReactiveTarget best = bestAtOrBelow(ours.sloViolationPct()).orElse(null);
        if (best == null || best.figures().costUsd() <= oracle.costUsd()) {
            return null;
        }
        return (best.figures().costUsd() - ours.costUsd()) / (best.figures().costUsd() - oracle.costUsd());
    }
}
