package io.novacron.zeroops.simulations.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OracleTest {
    private static final BootTimes TEN_SECONDS = new BootTimes(1, 10, 10, 0);

    private static FleetSetup setup(long stepMillis, int initial, BootTimes bootTimes, double... required) {
        return new FleetSetup(
                Trace.ofSteps(stepMillis, required), new ServiceModel(1, 0), bootTimes, 1, 1, initial, 1_000);
    }

    @Test
    void bootsJustInTimeAndStopsAtOnce() {
        PolicyFigures figures = new Oracle().run(setup(100_000, 1, TEN_SECONDS, 1, 3, 1));
        assertThat(figures.sloViolationPct()).isZero();
        assertThat(figures.instanceHours()).isCloseTo((300 + 2 * 110) / 3600.0, within(1e-12));
        assertThat(figures.overProvisionedPct()).isZero();
        assertThat(figures.detectionS()).isZero();
        assertThat(figures.readyS()).isZero();
        assertThat(figures.decisions()).isEqualTo(2);
        assertThat(figures.peakInstances()).isEqualTo(3);
        assertThat(figures.finalInstances()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsIdleForNoLongerThanABootTakes() {
        BootTimes asLong = new BootTimes(1, 100, 100, 0);
        BootTimes shorter = new BootTimes(1, 99, 99, 0);
        assertThat(new Oracle().run(setup(100_000, 2, asLong, 2, 1, 2)).decisions())
                .isZero();
        PolicyFigures stopping = new Oracle().run(setup(100_000, 2, shorter, 2, 1, 2));
        assertThat(stopping.decisions()).isEqualTo(2);
        assertThat(stopping.instanceHours()).isCloseTo((300 + 100 + 199) / 3600.0, within(1e-12));
    }

    @Test
    void keepsWhatIsBilledAnyway() {
        // level 2 is required for 10 s, idle for 20 s, required for 10 s: one minute billed instead of two
        PolicyFigures figures = new Oracle().run(setup(10_000, 2, TEN_SECONDS, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1));
        assertThat(figures.instanceHours()).isCloseTo((110 + 60) / 3600.0, within(1e-12));
    }

    @Test
    void stopsInitialInstancesThatNothingNeeds() {
        PolicyFigures figures = new Oracle().run(setup(100_000, 3, TEN_SECONDS, 1, 1, 2));
        assertThat(figures.instanceHours()).isCloseTo((300 + 60 + 60 + 110) / 3600.0, within(1e-12));
    }

    @Test
    void doesWhatCanBeDoneWhereNoPlanAvoidsViolations() {
        PolicyFigures early = new Oracle().run(setup(100_000, 0, TEN_SECONDS, 1, 1));
        assertThat(early.underProvisionedPct()).isEqualTo(5);
        FleetSetup capped =
                new FleetSetup(Trace.ofSteps(100_000, 1, 5), new ServiceModel(1, 0), TEN_SECONDS, 1, 1, 1, 3);
        assertThat(new Oracle().run(capped).peakInstances()).isEqualTo(3);
    }

    @Test
    void startsFailingBootsWithTheNextThatDoesNot() {
        BootTimes failing = new BootTimes(5, 25, 35, 0.4);
        PolicyFigures figures = new Oracle().run(setup(100_000, 1, failing, 1, 30, 1, 30, 1));
        assertThat(figures.sloViolationPct()).isZero();
        assertThat(figures.finalInstances()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Oracle().run(setup(100_000, 1, new BootTimes(5, 25, 35, 1), 1, 2)));
    }

    @Test
    void isTheCheapestOfAllChoicesByLevel() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            BootTimes times = new BootTimes(1, random.nextInt(1, 200), 200, 0);
            BootTimes constant = new BootTimes(1, times.medianS(), times.medianS(), 0);
            double[] required = random.doubles(20, 0, 4).map(Math::floor).toArray();
            required[0] = required[1] = required[2] = required[3] = 3;
            PolicyFigures figures = new Oracle().run(setup(60_000, 3, constant, required));
            long least = 0;
            for (int level = 1; level <= 3; level++) {
                least += leastMillis(required, level, Math.round(times.medianS() * 1e3));
            }
            assertThat(figures.instanceHours()).as("seed %s", seed).isCloseTo(least / 3.6e6, within(1e-9));
            assertThat(figures.sloViolationPct()).isZero();
        }
    }

    /** Tries every subset of the gaps to be bridged. */
    private static long leastMillis(double[] required, int level, long bootMillis) {
        List<long[]> shifts = new ArrayList<>();
        for (int step = 0; step < required.length; step++) {
            if (required[step] >= level) {
                boolean goesOn = step > 0 && required[step - 1] >= level;
                if (goesOn) {
                    shifts.get(shifts.size() - 1)[1] = (step + 1) * 60_000L;
                } else {
                    shifts.add(new long[] {step * 60_000L, (step + 1) * 60_000L});
                }
            }
        }
        long least = Long.MAX_VALUE;
        for (int bridged = 0; bridged < 1 << (shifts.size() - 1); bridged++) {
            long cost = 0;
            for (int i = 0; i < shifts.size(); i++) {
                boolean bridges = i > 0 && (bridged >> (i - 1) & 1) == 1;
                long from = shifts.get(i)[0];
                cost += shifts.get(i)[1] - (bridges ? shifts.get(i - 1)[1] : from - (i == 0 ? 0 : bootMillis));
            }
            least = Math.min(least, cost);
        }
        return least;
    }
}
