package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.trace.Load;
import io.novacron.zeroops.simulations.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ServedFleetTest {
    private static final BootTimes TEN_SECONDS = new BootTimes(1, 10, 10, 0);
    private static final ServiceModel SERVICE = new ServiceModel(10, 1);

    /** 10/s for 100 s, 30/s for 200 s, 5/s for 100 s: one, three, one instance. */
    private static final Load SPIKE = Trace.ofSteps(100_000, 10, 30, 30, 5);

    private static ServedFleet fleet(Load load, int initial, TimelineSink sink) {
        return new ServedFleet(
                load, SERVICE, new InstancePool(TEN_SECONDS, 1, 0.36, initial), new Timeline("run", "policy", sink));
    }

    @Test
    void figuresOfASpikeAreThoseByHand() {
        ServedFleet fleet = fleet(SPIKE, 1, TimelineSink.NONE);
        fleet.decided(105_000, 1, 3);
        fleet.setInstances(3, 105_000);
        assertThat(fleet.loadPerS(105_000)).isEqualTo(30);
        assertThat(fleet.loadPerS(305_000)).isEqualTo(5);
        fleet.decided(310_000, 3, 1);
        fleet.setInstances(1, 310_000);
        assertThat(fleet.ready()).isEqualTo(1);
        PolicyFigures figures = fleet.figures(400_000);

        assertThat(figures.detectionS()).isEqualTo(5);
        assertThat(figures.readyS()).isEqualTo(15);
        // 12.5/s of 30 are served: 125 of the 262.5 wait, then 7.5/s more than arrive are served
        double late = 30 * 15 + 30 * (125 / 7.5);
        assertThat(fleet.requests()).isEqualTo(1_000 + 6_000 + 500);
        assertThat(fleet.violations()).isCloseTo(late, within(1e-9));
        assertThat(fleet.failedRequests()).isCloseTo(262.5 - 125, within(1e-9));
        assertThat(fleet.backlog()).isZero();
        assertThat(figures.sloViolationPct()).isCloseTo(100 * late / 7_500, within(1e-12));
        assertThat(figures.underProvisionedPct()).isEqualTo(100 * 15 / 400.0);
        assertThat(figures.thetaU()).isCloseTo(100 * 15 / 400.0 * 2 / 3, within(1e-12));
        assertThat(figures.overProvisionedPct()).isEqualTo(100 * 10 / 400.0);
        assertThat(figures.thetaO()).isCloseTo(100 * 10 / 400.0 * 2, within(1e-12));
        assertThat(figures.instanceHours()).isCloseTo((400 + 2 * 205) / 3600.0, within(1e-12));
        assertThat(figures.costUsd()).isCloseTo(810 * 0.0001, within(1e-12));
        assertThat(figures.peakInstances()).isEqualTo(3);
        assertThat(figures.finalInstances()).isEqualTo(1);
        assertThat(figures.decisions()).isEqualTo(2);
        assertThat(figures.interventions()).isZero();
    }

    @Test
    void equalStepsAreOneRow() {
        List<TimelineSink.Row> rows = new ArrayList<>();
        ServedFleet fleet = fleet(SPIKE, 3, rows::add);
        for (long at = 0; at <= 400_000; at += 7_000) {
            fleet.advance(at);
        }
        fleet.figures(400_000);
        assertThat(rows)
                .containsExactly(
                        new TimelineSink.Row(
                                "run",
                                "policy",
                                0,
                                100,
                                10,
                                1,
                                3,
                                3,
                                3 * 0.36,
                                rows.get(0).requests(),
                                0),
                        new TimelineSink.Row(
                                "run",
                                "policy",
                                100,
                                200,
                                30,
                                3,
                                3,
                                3,
                                3 * 0.36,
                                rows.get(1).requests(),
                                0),
                        new TimelineSink.Row(
                                "run",
                                "policy",
                                300,
                                100,
                                5,
                                1,
                                3,
                                3,
                                3 * 0.36,
                                rows.get(2).requests(),
                                0));
        assertThat(rows.get(1).requests()).isCloseTo(6_000, within(1e-9));
    }

    @Test
    void whoDecidedBeforeTheNeedNeedsNoTime() {
        ServedFleet fleet = fleet(SPIKE, 1, TimelineSink.NONE);
        fleet.decided(50_000, 1, 3);
        fleet.setInstances(3, 50_000);
        PolicyFigures figures = fleet.figures(400_000);
        assertThat(figures.detectionS()).isZero();
        assertThat(figures.readyS()).isZero();
        assertThat(figures.sloViolationPct()).isZero();
    }

    @Test
    void whoNeverDecidesOrNeverNeedsHasNoTimes() {
        ServedFleet idle = fleet(SPIKE, 1, TimelineSink.NONE);
        idle.decided(310_000, 3, 1);
        assertThat(idle.figures(400_000).detectionS()).isNull();
        assertThat(idle.figures(400_000).readyS()).isNull();
        ServedFleet ample = fleet(SPIKE, 3, TimelineSink.NONE);
        ample.decided(110_000, 3, 4);
        assertThat(ample.figures(400_000).detectionS()).isNull();
        assertThat(ample.figures(400_000).readyS()).isNull();
    }

    @Test
    void capacityIsReadyWhenTheShortageOfTheRiseIsOver() {
        Load ramp = Trace.ofSteps(100_000, 10, 20, 30, 30, 10, 40);
        assertThat(Need.first(ramp, SERVICE, 1)).contains(new Need(100_000, 200_000));
        assertThat(Need.first(ramp, SERVICE, 3)).contains(new Need(500_000, 500_000));
        assertThat(Need.first(ramp, SERVICE, 4)).isEmpty();
        ServedFleet fleet = fleet(ramp, 1, TimelineSink.NONE);
        fleet.decided(100_000, 1, 2);
        fleet.setInstances(2, 100_000);
        fleet.setInstances(3, 215_000);
        assertThat(fleet.figures(600_000).readyS()).isEqualTo(125); // the shortage at 500 s is another's
    }

    @Test
    void theNeedCanBeToldBeforeTheStart() {
        ServedFleet fleet = fleet(SPIKE, 1, TimelineSink.NONE);
        fleet.expectNeed(new Need(90_000, 100_000));
        fleet.decided(105_000, 1, 3);
        fleet.setInstances(3, 105_000);
        assertThat(fleet.figures(300_000).detectionS()).isEqualTo(15);
        assertThat(fleet.figures(300_000).readyS()).isEqualTo(25);
        assertThatIllegalStateException().isThrownBy(() -> fleet.expectNeed(new Need(0, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Need(1, 0));
    }

    @Test
    void zonesFailAndComeBack() {
        ServedFleet fleet = new ServedFleet(SPIKE, SERVICE, new InstancePool(TEN_SECONDS, 3, 1, 3), Timeline.NONE);
        assertThat(fleet.failZone(1, 150_000)).isEqualTo(1);
        fleet.restoreZone(1, 151_000);
        assertThat(fleet.start(1, 160_000)).isEqualTo(1);
        assertThat(fleet.booting()).isEqualTo(1);
        assertThat(fleet.provisioned()).isEqualTo(3);
        assertThat(fleet.figures(400_000).underProvisionedPct()).isEqualTo(100 * 20 / 400.0);
    }

    @Test
    void zonesOpenAgainAtTheirInstant() {
        ServedFleet fleet = new ServedFleet(SPIKE, SERVICE, new InstancePool(TEN_SECONDS, 1, 1, 1), Timeline.NONE);
        fleet.failZone(0, 10_000);
        assertThat(fleet.start(1, 20_000)).isZero();
        fleet.restoreZone(0, 30_000);
        assertThat(fleet.nowMillis()).isEqualTo(30_000);
        assertThat(fleet.start(2, 30_000)).isEqualTo(2);
        assertThat(fleet.stop(1, 31_000)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> fleet.restoreZone(1, 31_000));
    }

    @Test
    void tellsWhatWaitsAndWhatFailedToBoot() {
        BootTimes failing = new BootTimes(1, 10, 10, 1);
        ServedFleet fleet = new ServedFleet(SPIKE, SERVICE, new InstancePool(failing, 1, 1, 1), Timeline.NONE);
        fleet.setInstances(3, 50_000);
        fleet.advance(102_000);
        assertThat(fleet.failedBoots()).isEqualTo(2);
        assertThat(fleet.provisioned()).isEqualTo(1);
        assertThat(fleet.backlog()).isEqualTo(2 * 17.5);
        assertThat(fleet.requests()).isEqualTo(1_000 + 60); // a step that has not ended counts
        assertThat(fleet.violations()).isEqualTo(60);
    }

    @Test
    void timeIsThatOfTheLoad() {
        ServedFleet fleet = fleet(SPIKE, 1, TimelineSink.NONE);
        fleet.advance(10);
        assertThatIllegalArgumentException().isThrownBy(() -> fleet.advance(9));
        assertThatIllegalArgumentException().isThrownBy(() -> fleet.advance(400_001));
        InstancePool used = new InstancePool(TEN_SECONDS, 1, 1, 1);
        used.advance(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new ServedFleet(SPIKE, SERVICE, used));
    }

    @Test
    void rowsComeToTheFiguresAndStepsDoNotMatter() {
        for (long seed = 0; seed < 100; seed++) {
            Load load = randomLoad(seed);
            List<TimelineSink.Row> rows = new ArrayList<>();
            PolicyFigures coarse = randomRun(seed, load, 1_000_000, rows::add);
            PolicyFigures fine = randomRun(seed, load, 777, TimelineSink.NONE);
            Recomputed.of(rows).assertMatches(coarse);
            assertThat(fine)
                    .usingRecursiveComparison()
                    .withComparatorForType(
                            (a, b) -> Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a)) ? 0 : Double.compare(a, b),
                            Double.class)
                    .isEqualTo(coarse);
            assertThat(randomRun(seed, load, 1_000_000, TimelineSink.NONE)).isEqualTo(coarse);
        }
    }

    private static Load randomLoad(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Trace.ofSteps(5_000, random.doubles(200, 0, 80).map(Math::rint).toArray());
    }

    private static PolicyFigures randomRun(long seed, Load load, long everyMillis, TimelineSink sink) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        BootTimes times = new BootTimes(seed, 25, 35, 0.05);
        ServedFleet fleet =
                new ServedFleet(load, SERVICE, new InstancePool(times, 2, 0.1, 2), new Timeline("", "", sink));
        for (long at = 0; at < load.endMillis(); at += random.nextLong(1, 60_000)) {
            for (long small = fleet.nowMillis() + everyMillis; small < at; small += everyMillis) {
                fleet.advance(small);
            }
            int before = fleet.provisioned();
            int after = random.nextInt(10);
            fleet.setInstances(after, at);
            fleet.decided(at, before, after);
        }
        double expected = 0;
        for (int step = 0; step < load.steps(); step++) {
            expected += load.ratePerS(step) * 5;
        }
        PolicyFigures figures = fleet.figures(load.endMillis());
        assertThat(fleet.requests()).isCloseTo(expected, within(1e-6));
        assertThat(fleet.violations()).isBetween(0.0, expected);
        return figures;
    }
}
