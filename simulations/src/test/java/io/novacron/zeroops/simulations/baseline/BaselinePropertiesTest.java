package io.novacron.zeroops.simulations.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every load, over seeds. */
class BaselinePropertiesTest {
    private static final int SEEDS = 100;

    /** A wandering load with jumps; no more than the initial instances serve in the first two minutes. */
    private static FleetSetup setup(long seed, long stepMillis, double failureProbability) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] load = new double[(int) (3_600_000 / stepMillis)];
        double level = 50;
        for (int step = 0; step < load.length; step++) {
            level = Math.max(0, Math.min(300, level + random.nextDouble(-15, 15)));
            if (random.nextInt(40) == 0) {
                level = random.nextDouble(300);
            }
            load[step] = step * stepMillis < 120_000 ? Math.min(100, level) : level;
        }
        BootTimes times = new BootTimes(seed, 25, 35, failureProbability);
        return new FleetSetup(Trace.ofSteps(stepMillis, load), new ServiceModel(10, 2), times, 3, 0.1, 10, 1_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 7_000, 60_000})
    void nothingWithoutViolationsIsCheaperThanTheOracle(long stepMillis) {
        int compared = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            FleetSetup setup = setup(seed, stepMillis, 0);
            PolicyFigures oracle = new Oracle().run(setup);
            assertThat(oracle.sloViolationPct()).as("seed %s", seed).isZero();
            assertThat(oracle.underProvisionedPct()).as("seed %s", seed).isZero();
            List<PolicyFigures> others = new ArrayList<>();
            others.add(new StaticPeak().run(setup));
            assertThat(others.get(0).sloViolationPct()).isZero();
            for (double target : new double[] {0.05, 0.1, 0.2, 0.4}) {
                others.add(new ReactiveTargetTracking(target).run(setup));
            }
            others.removeIf(figures -> figures.sloViolationPct() > 0);
            assertThat(others).as("seed %s", seed).allSatisfy(figures -> assertThat(figures.costUsd())
                    .isGreaterThanOrEqualTo(oracle.costUsd()));
            compared += others.size();
        }
        assertThat(compared).as("static and some reactive").isGreaterThan(SEEDS * 3 / 2);
    }

    @Test
    void theOracleKnowsWhichBootsFail() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(new Oracle().run(setup(seed, 20_000, 0.2)).sloViolationPct())
                    .as("seed %s", seed)
                    .isZero();
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (Policy policy : List.of(new StaticPeak(), new Oracle(), new ReactiveTargetTracking(0.7))) {
            List<TimelineSink.Row> first = new ArrayList<>();
            List<TimelineSink.Row> second = new ArrayList<>();
            PolicyFigures figures = policy.run(setup(3, 10_000, 0.1), "run", first::add);
            assertThat(policy.run(setup(3, 10_000, 0.1), "run", second::add)).isEqualTo(figures);
            assertThat(second).isEqualTo(first).isNotEmpty().allSatisfy(row -> assertThat(row.policy())
                    .isEqualTo(policy.name()));
        }
    }

    @Test
    void allPoliciesServeTheSameRequests() {
        FleetSetup setup = setup(4, 10_000, 0);
        double[] requests = List.of(new StaticPeak(), new Oracle(), new ReactiveTargetTracking(0.7)).stream()
                .mapToDouble(policy -> {
                    List<TimelineSink.Row> rows = new ArrayList<>();
                    policy.run(setup, "", rows::add);
                    return Math.rint(rows.stream()
                                    .mapToDouble(TimelineSink.Row::requests)
                                    .sum()
                            * 1e3);
                })
                .toArray();
        assertThat(Arrays.stream(requests).distinct()).hasSize(1);
    }

    @Test
    void reactiveTrackingAnswersASpikeAndComesBack() {
        double[] load = new double[240];
        Arrays.fill(load, 50);
        Arrays.fill(load, 60, 120, 300);
        FleetSetup setup = new FleetSetup(
                Trace.ofSteps(10_000, load), new ServiceModel(10, 2), BootTimes.ofSeed(1), 3, 0.1, 10, 100);
        PolicyFigures figures = new ReactiveTargetTracking(0.5).run(setup);
        assertThat(figures.detectionS()).isZero(); // 600 s is an instant of its loop
        assertThat(figures.readyS()).isBetween(20.0, 90.0);
        assertThat(figures.finalInstances()).isEqualTo(10);
        assertThat(figures.peakInstances()).isEqualTo(60);
        assertThat(figures.sloViolationPct()).isPositive();
    }
}
