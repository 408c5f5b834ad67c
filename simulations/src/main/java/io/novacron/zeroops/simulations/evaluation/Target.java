package io.novacron.zeroops.simulations.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report was expected to show, and whether it does.
 *
 * @param found the figure, for people
 */
record Target(String name, Met met, String found) {

    enum Met {
        MET,
        MISSED,
        /** There is no figure, or too few runs for it. */
        NOT_SHOWN;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The fewest runs of which a 95th percentile says more than their maximum. */
    static final int RUNS_MIN = 20;

    private static final double ACCURACY_MIN = 0.9;
    private static final double RELATIVE_MAX = 0.9;
    private static final double COVERAGE = 0.9;
    private static final double COVERAGE_OFF_MAX = 0.05;
    private static final double VIOLATIONS_MAX = 1.0 / 3;
    private static final double ORACLE_SHARE_MIN = 0.8;
    private static final double DETECTION_S_MAX = 12;
    private static final double READY_S_MAX = 47;
    private static final double SPEED_MIN = 100_000;
    private static final long DECISIONS_MIN = 50;
    private static final double CAMPAIGN_S_MAX = 300;

    static List<Target> of(SimulationReport report) {
        List<Target> targets = new ArrayList<>();
        for (SimulationReport.Variant variant : report.variants()) {
            PolicyFigures ours = variant.policies().get("zeroops");
            if (ours == null) {
                continue;
            }
            if (report.scenario().equals("traffic-spike")) {
                int runs = report.seeds().size();
                targets.add(percentile(variant.name() + ": detection", ours.detectionS(), DETECTION_S_MAX, runs));
                targets.add(percentile(variant.name() + ": capacity ready", ours.readyS(), READY_S_MAX, runs));
            } else if (report.scenario().equals("scaling")) {
                targets.addAll(ofScaling(variant));
            } else {
                targets.add(againstReactive(variant, ours));
            }
        }
        if (report.scenario().equals("replay")) {
            double speed = report.virtualS() / report.wallS();
            targets.add(
                    judged("at least 100,000 virtual seconds a second", speed >= SPEED_MIN, Numbers.fixed(speed, 0)));
        }
        targets.add(none("no invariant violated", report.invariantsViolated()));
        return List.copyOf(targets);
    }

    private static List<Target> ofScaling(SimulationReport.Variant variant) {
        return List.of(
                figure(
                        "SLO violations at most a third of those of reactive at the same cost",
                        variant.violationsVsReactiveSameCost(),
                        negative(variant.violationsVsReactiveSameCost()),
                        -VIOLATIONS_MAX),
                figure(
                        "at least 0.8 of the way from best reactive to oracle",
                        variant.oracleShare(),
                        variant.oracleShare(),
                        ORACLE_SHARE_MIN));
    }

    static List<Target> of(CampaignReport report) {
        return List.of(
                none("no invariant violated", report.violations()),
                none("nothing pending at the end", report.pendingAtEnd()),
                judged(
                        "at least 50 decisions a seed",
                        report.decisionsMin() >= DECISIONS_MIN,
                        "fewest " + report.decisionsMin()),
                judged(
                        "every crash point hit",
                        report.crashPointsCovered() == report.crashPoints(),
                        report.crashPointsCovered() + " of " + report.crashPoints()),
                judged(
                        "done within five minutes",
                        report.wallS() < CAMPAIGN_S_MAX,
                        Numbers.fixed(report.wallS(), 1) + " s"));
    }

    static List<Target> of(ForecastReport report) {
        return List.of(
                figure("accuracy of at least 0.90", report.accuracy(), report.accuracy(), ACCURACY_MIN),
                figure(
                        "error at most 0.90 of the best baseline's",
                        report.relativeToBest(),
                        negative(report.relativeToBest()),
                        -RELATIVE_MAX),
                figure(
                        "90 % interval covers 85 to 95 %",
                        report.coverage90(),
                        report.coverage90() == null ? null : -Math.abs(report.coverage90() - COVERAGE),
                        -COVERAGE_OFF_MAX));
    }

    private static @Nullable Double negative(@Nullable Double value) {
        return value == null ? null : -value;
    }

    /** @param compared what must be at least {@code least} */
    private static Target figure(String name, @Nullable Double shown, @Nullable Double compared, double least) {
        return compared == null
                ? new Target(name, Met.NOT_SHOWN, "no figure")
                : judged(name, compared >= least, Numbers.fixed(shown, 4));
    }

    static List<Target> of(EvaluationView view) {
        return view.goals().stream()
                .map(goal -> new Target(
                        goal.name(),
                        goal.isMet().map(isMet -> isMet ? Met.MET : Met.MISSED).orElse(Met.NOT_SHOWN),
                        goal.found()))
                .toList();
    }

    private static Target percentile(String what, @Nullable Double value, double limit, int runs) {
        String name = what + " within " + Numbers.fixed(limit, 0) + " s (p95)";
        if (value == null || value.isNaN()) {
            return new Target(name, Met.NOT_SHOWN, "no figure");
        }
        String found = Numbers.fixed(value, 1) + " s, n = " + runs;
        return runs < RUNS_MIN && value <= limit
                ? new Target(name, Met.NOT_SHOWN, found + ", " + RUNS_MIN + " needed")
                : judged(name, value <= limit, found);
    }

    private static Target againstReactive(SimulationReport.Variant variant, PolicyFigures ours) {
        String name = "fewer SLO violations than every reactive target that costs no more";
        List<SimulationReport.ReactiveTarget> rivals = variant.reactiveFront().stream()
                .filter(r -> r.figures().costUsd() <= ours.costUsd())
                .toList();
        if (rivals.isEmpty()) {
            return new Target(name, Met.NOT_SHOWN, "none costs as little");
        }
        Optional<SimulationReport.ReactiveTarget> better = rivals.stream()
                .filter(r -> !(r.figures().sloViolationPct() > ours.sloViolationPct())) // also catches NaN
                .findFirst();
        return judged(
                name,
                better.isEmpty(),
                better.map(r -> "reactive at " + Numbers.fixed(r.target(), 2) + " has no more of them")
                        .orElse(Numbers.fixed(ours.sloViolationPct(), 4) + " %, against " + rivals.size()
                                + " of them"));
    }

    private static Target none(String name, long count) {
        return judged(name, count == 0, Numbers.grouped(count));
    }

    private static Target judged(String name, boolean isMet, String found) {
        return new Target(name, isMet ? Met.MET : Met.MISSED, found);
    }
}
