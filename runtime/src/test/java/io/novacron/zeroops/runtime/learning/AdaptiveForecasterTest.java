package io.novacron.zeroops.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AdaptiveForecasterTest {

    private static final Duration SHORT = Duration.ofSeconds(90);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long STEP = 15_000;

    private static AdaptiveForecaster forecaster() {
        return new AdaptiveForecaster(ForecasterSettings.of(SHORT, LONG));
    }

    /** A day of sine with relative Gaussian noise. */
    private static double[] series(long seed, int count, double noise) {
        Random random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double daily = 100 + 60 * Math.sin(2 * Math.PI * i * STEP / 86_400_000.0);
            values[i] = Math.max(0, daily * (1 + noise * random.nextGaussian()));
        }
        return values;
    }

    @Test
    void aConstantLoadIsForecastToStay() {
        AdaptiveForecaster forecaster = forecaster();
        for (int i = 0; i < 5760; i++) {
            forecaster.observe(START + i * STEP, 50);
        }
        Forecast forecast = forecaster.at(SHORT, 0.9);
        assertThat(forecast.median()).isCloseTo(50, within(0.1));
        assertThat(forecast.dueAt())
                .isEqualTo(Instant.ofEpochMilli(START + 5759 * STEP).plus(SHORT));
        assertThat(forecaster.peak(LONG, 0.95)).isBetween(49.0, 51.0);
        Skill skill = forecaster.skill(SHORT);
        assertThat(skill.error()).isCloseTo(0, within(1e-6));
        assertThat(skill.lastValueError()).isZero();
        assertThat(skill.observations()).isEqualTo(5760);
    }

    @Test
    void theFirstObservationIsForecastToStayWithAWideMargin() {
        AdaptiveForecaster forecaster = forecaster();
        forecaster.observe(START, 10);
        assertThat(forecaster.at(SHORT, 0.9).median()).isCloseTo(10, within(1e-9));
        assertThat(forecaster.peak(SHORT, 0.95)).isBetween(11.0, 20.0);
        assertThat(forecaster.skill(SHORT).peakCoverage()).isNaN();
        assertThat(forecaster.skill(SHORT).scored()).isZero();
    }

    @Test
    void errorsAreThoseOfASumByHand() {
        // 10, then 20 for good: of the forecasts due, the one made at 10 is off by 10 of 20, later ones by nothing
        AdaptiveForecaster forecaster = new AdaptiveForecaster(ForecasterSettings.of(Duration.ofSeconds(15)));
        forecaster.observe(START, 10);
        forecaster.observe(START + STEP, 20);
        Skill skill = forecaster.skill(Duration.ofSeconds(15));
        assertThat(skill.scored()).isEqualTo(1);
        assertThat(skill.lastValueError()).isCloseTo(0.5, within(1e-12));
        assertThat(skill.error()).isCloseTo(0.5, within(1e-9));
        assertThat(skill.regret()).isCloseTo(0, within(1e-9));
    }

    @Test
    void peaksAreCoveredAsOftenAsPromised() {
        for (long seed = 1; seed <= 5; seed++) {
            double[] values = series(seed, 4 * 5760, 0.02 * seed);
            for (double quantile : new double[] {0.8, 0.9, 0.95}) {
                assertThat(coverage(values, LONG, quantile))
                        .as("seed %d quantile %s", seed, quantile)
                        .isBetween(quantile - 0.03, quantile + 0.03);
            }
        }
    }

    private static double coverage(double[] values, Duration horizon, double quantile) {
        int ahead = (int) (horizon.toMillis() / STEP);
        AdaptiveForecaster forecaster = forecaster();
        int covered = 0;
        int scored = 0;
        for (int i = 0; i + ahead < values.length; i++) {
            forecaster.observe(START + i * STEP, values[i]);
            if (i >= 5760) {
                double highest = 0;
                for (int k = 1; k <= ahead; k++) {
                    highest = Math.max(highest, values[i + k]);
                }
                covered += highest <= forecaster.peak(horizon, quantile) ? 1 : 0;
                scored++;
            }
        }
        return (double) covered / scored;
    }

    @Test
    void measuredCoverageIsNearTheScoredQuantile() {
        double sum = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            AdaptiveForecaster forecaster = forecaster();
            for (int i = 0; i < 2 * 5760; i++) {
                forecaster.observe(START + i * STEP, 100 + 5 * random.nextGaussian());
            }
            sum += forecaster.skill(LONG).peakCoverage();
        }
        assertThat(sum / 20).isBetween(0.86, 0.94);
    }

    @Test
    void intervalsHoldTheValueAsOftenAsPromised() {
        double[] values = series(3, 3 * 5760, 0.05);
        AdaptiveForecaster forecaster = forecaster();
        int inside = 0;
        int scored = 0;
        for (int i = 0; i + 6 < values.length; i++) {
            forecaster.observe(START + i * STEP, values[i]);
            if (i >= 5760) {
                Forecast forecast = forecaster.at(SHORT, 0.8);
                inside += values[i + 6] >= forecast.lower() && values[i + 6] <= forecast.upper() ? 1 : 0;
                scored++;
            }
        }
        assertThat((double) inside / scored).isBetween(0.77, 0.83);
    }

    @Test
    void aDailyRiseIsForeseenFromYesterday() {
        AdaptiveForecaster forecaster = forecaster();
        // x3 within ten minutes at noon each day; the day before the last ends just before that rise
        int noon = 4 * 5760 + 2880;
        for (int i = 0; i <= noon; i++) {
            double hours = (i % 5760) / 240.0;
            forecaster.observe(
                    START + i * STEP, hours <= 12 ? 100 : Math.max(100, Math.min(300, 100 + 1200 * (hours - 12))));
        }
        assertThat(forecaster.at(LONG, 0.9).median()).isGreaterThan(150);
        // after twelve flat hours the margin trusts yesterday less than the median does
        assertThat(forecaster.peak(LONG, 0.95)).isGreaterThan(115);
    }

    @Test
    void theFutureDoesNotChangeThePast() {
        double[] one = series(5, 6000, 0.1);
        double[] other = one.clone();
        for (int i = 3000; i < other.length; i++) {
            other[i] = one[i] * 7 + 1;
        }
        AdaptiveForecaster first = forecaster();
        AdaptiveForecaster second = forecaster();
        for (int i = 0; i < one.length; i++) {
            first.observe(START + i * STEP, one[i]);
            second.observe(START + i * STEP, other[i]);
            boolean same = first.peak(LONG, 0.9) == second.peak(LONG, 0.9)
                    && first.at(SHORT, 0.9).equals(second.at(SHORT, 0.9));
            if (i < 3000) {
                assertThat(same).as("observation %d", i).isTrue();
            }
        }
        assertThat(first.peak(LONG, 0.9)).isNotEqualTo(second.peak(LONG, 0.9));
    }

    @Test
    void theSameObservationsGiveTheSameForecasts() {
        assertThat(lastPeaks(7)).isEqualTo(lastPeaks(7));
    }

    private static double[] lastPeaks(long seed) {
        AdaptiveForecaster forecaster = forecaster();
        double[] values = series(seed, 2000, 0.2);
        double[] peaks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            forecaster.observe(START + i * STEP, values[i]);
            peaks[i] = forecaster.peak(SHORT, 0.9);
        }
        return peaks;
    }

    @Test
    void zerosGapsAndLevelShiftsAreSurvived() {
        AdaptiveForecaster forecaster = forecaster();
        long at = START;
        for (double level : new double[] {0, 100, 0, 100_000, 1e-6, 5, 1e15, 3}) {
            for (int i = 0; i < 500; i++) {
                forecaster.observe(at, level);
                assertFinite(forecaster);
                at += STEP;
            }
            at += Duration.ofHours(30).toMillis();
        }
        // at most 4 times the base, whatever came before
        assertThat(forecaster.peak(SHORT, 0.999)).isGreaterThanOrEqualTo(0);
    }

    private static void assertFinite(AdaptiveForecaster forecaster) {
        Forecast forecast = forecaster.at(LONG, 0.99);
        assertThat(forecast.lower()).isNotNegative();
        assertThat(forecast.median()).isBetween(forecast.lower(), forecast.upper());
        assertThat(forecaster.peak(SHORT, 0.999)).isNotNegative().isFinite();
    }

    @Test
    void telemetryOfOneSecondToFiveMinutesIsTaken() {
        for (long step : new long[] {1_000, 7_000, 60_000, 300_000}) {
            AdaptiveForecaster forecaster = forecaster();
            for (int i = 0; i < 5000; i++) {
                forecaster.observe(START + i * step, 100 + 10 * Math.sin(i / 50.0));
            }
            assertThat(forecaster.peak(LONG, 0.9)).as("step %d ms", step).isBetween(85.0, 150.0);
            assertThat(forecaster.skill(LONG).scored()).isGreaterThan(400);
        }
    }

    @Test
    void aHorizonInBetweenIsAnsweredByTheNextLonger() {
        AdaptiveForecaster forecaster = forecaster();
        for (int i = 0; i < 500; i++) {
            forecaster.observe(START + i * STEP, 100 + i % 7);
        }
        assertThat(forecaster.peak(Duration.ofMinutes(5), 0.9)).isEqualTo(forecaster.peak(LONG, 0.9));
    }

    @Test
    void badInputIsRefusedByNameAndChangesNothing() {
        AdaptiveForecaster forecaster = forecaster();
        assertThatIllegalStateException().isThrownBy(() -> forecaster.peak(SHORT, 0.9));
        forecaster.observe(START, 5);
        double before = forecaster.peak(SHORT, 0.9);
        for (double bad : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forecaster.observe(START + 1, bad))
                    .withMessageContaining(String.valueOf(bad));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forecaster.observe(START, 5))
                .withMessageContaining(String.valueOf(START));
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.peak(Duration.ZERO, 0.9));
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.peak(Duration.ofHours(1), 0.9));
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.peak(SHORT, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.at(SHORT, Double.NaN));
        assertThat(forecaster.peak(SHORT, 0.9)).isEqualTo(before);
        assertThat(forecaster.skill(SHORT).observations()).isEqualTo(1);
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> ForecasterSettings.of());
        assertThatIllegalArgumentException().isThrownBy(() -> ForecasterSettings.of(LONG, SHORT));
        assertThatIllegalArgumentException().isThrownBy(() -> ForecasterSettings.of(Duration.ofDays(8)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForecasterSettings.of(SHORT).withCountsPerUnit(-1))
                .withMessageContaining("-1");
    }
}
