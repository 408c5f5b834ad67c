package io.novacron.zeroops.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnsembleForecasterTest {
    private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long STEP = 300_000;
    private static final int DAY = 288;
    private static final Duration HORIZON = ForecastHorizon.QUARTER_HOUR.horizon();
    private static final int AHEAD = 3;

    private static EnsembleForecaster forecaster(Executor training) {
        return new EnsembleForecaster(
                ForecasterSettings.of(HORIZON), List.of(ForecastHorizon.QUARTER_HOUR), 0, training);
    }

    /** What became of forecasts: sums over those made from {@code from} on. */
    private static final class Outcome {
        double error;
        double last;
        double actual;
        int covered;
        int count;

        double wape() {
            return error / actual;
        }

        double lastWape() {
            return last / actual;
        }

        double coverage() {
            return (double) covered / count;
        }
    }

    private interface Series {
        double at(int step, Random random);
    }

    private static double[] values(Series series, long seed, int steps) {
        Random random = new Random(seed);
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++) {
            values[i] = Math.max(0, series.at(i, random));
        }
        return values;
    }

    private static Outcome run(double[] values, int from) {
        EnsembleForecaster forecaster = forecaster(Runnable::run);
        Forecast[] said = new Forecast[values.length];
        Outcome outcome = new Outcome();
        for (int i = 0; i < values.length; i++) {
            forecaster.observe(START + i * STEP, values[i]);
            said[i] = forecaster.at(HORIZON, 0.9);
            if (i >= from + AHEAD) {
                Forecast due = said[i - AHEAD];
                outcome.count++;
                outcome.actual += values[i];
                outcome.error += Math.abs(values[i] - due.median());
                outcome.last += Math.abs(values[i] - values[i - AHEAD]);
                outcome.covered += values[i] >= due.lower() - 1e-6 && values[i] <= due.upper() + 1e-6 ? 1 : 0;
            }
        }
        return outcome;
    }

    private static double daily(int step) {
        return 100 + 60 * Math.sin(2 * Math.PI * step / DAY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNoisySeasonIsForecastMuchBetterThanByItsLastValue(long seed) {
        Outcome outcome = run(values((i, r) -> daily(i) + 15 * r.nextGaussian(), seed, 14 * DAY), 7 * DAY);
        assertThat(outcome.wape()).isLessThan(0.78 * outcome.lastWape());
        // the noise itself is 15 * sqrt(2 / pi) of 100: nobody forecasts better
        assertThat(outcome.wape()).isBetween(0.11, 0.135);
        assertThat(outcome.coverage()).isBetween(0.86, 0.94);
    }

    /** Of a random walk nothing is better than its last value. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void nothingMuchIsLostWhereTheLastValueIsTheBestThereIs(long seed) {
        double[] values = values(new Walk(), seed, 14 * DAY);
        Outcome outcome = run(values, 7 * DAY);
        assertThat(outcome.wape()).isLessThan(1.04 * outcome.lastWape());
        assertThat(outcome.coverage()).isBetween(0.85, 0.95);
    }

    private static final class Walk implements Series {
        private double level = 500;

        @Override
        public double at(int step, Random random) {
            level = Math.max(50, level + 5 * random.nextGaussian());
            return level;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void rareSpikesOfNoSeasonAreCoveredAsOftenAsIsSaid(long seed) {
        double[] values =
                values((i, r) -> r.nextInt(6) == 0 ? 50 + 50 * r.nextDouble() : 1 + r.nextDouble(), seed, 14 * DAY);
        assertThat(run(values, 7 * DAY).coverage()).isBetween(0.85, 0.96);
    }

    @Test
    void aSeasonThatIsNoDayIsFound() {
        int period = 84; // seven hours
        EnsembleForecaster forecaster = forecaster(Runnable::run);
        double[] values =
                values((i, r) -> 100 + 50 * Math.sin(2 * Math.PI * i / period) + 3 * r.nextGaussian(), 10, 6 * DAY);
        for (int i = 0; i < values.length; i++) {
            forecaster.observe(START + i * STEP, values[i]);
        }
        assertThat(forecaster.seasons(HORIZON).get(1)).isEqualTo(Duration.ofHours(7));
    }

    @Test
    void jobsOnTheHourAreForecastThoughTheDayIsTheSeason() {
        Outcome outcome =
                run(values((i, r) -> daily(i) + (i % 12 == 0 ? 80 : 0) + 3 * r.nextGaussian(), 11, 10 * DAY), 7 * DAY);
        assertThat(outcome.wape()).isLessThan(0.4 * outcome.lastWape());
    }

    @Test
    void theFirstMinutesGiveForecastsToo() {
        EnsembleForecaster forecaster = forecaster(Runnable::run);
        assertThatIllegalStateException().isThrownBy(() -> forecaster.at(HORIZON, 0.9));
        for (int i = 0; i < 20; i++) {
            forecaster.observe(START + i * STEP, 40);
            Forecast forecast = forecaster.at(HORIZON, 0.9);
            assertThat(forecast.median()).isCloseTo(40, within(1e-3));
            assertThat(forecast.lower()).isLessThanOrEqualTo(forecast.median());
            assertThat(forecast.upper()).isGreaterThanOrEqualTo(forecast.median());
            assertThat(forecast.regret()).isFinite();
        }
        assertThat(forecaster.trainings(HORIZON)).isZero();
    }

    @Test
    void aLevelShiftIsFollowedWithinAnHour() {
        EnsembleForecaster forecaster = forecaster(Runnable::run);
        double[] values = values((i, r) -> (i < 9 * DAY ? 1 : 5) * daily(i) + r.nextGaussian(), 12, 10 * DAY);
        for (int i = 0; i < values.length; i++) {
            forecaster.observe(START + i * STEP, values[i]);
            if (i > 9 * DAY + 12 && i + AHEAD < values.length) {
                assertThat(forecaster.at(HORIZON, 0.9).median())
                        .as("step %s", i)
                        .isCloseTo(values[i + AHEAD], within(0.2 * values[i + AHEAD]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 3 * DAY, 60 * DAY})
    void gapsAreTimeAndNoZeros(int missing) {
        EnsembleForecaster forecaster = forecaster(Runnable::run);
        double[] values = values((i, r) -> daily(i) + r.nextGaussian(), 13, 70 * DAY);
        for (int i = 0; i < 9 * DAY; i++) {
            forecaster.observe(START + i * STEP, values[i]);
        }
        int after = 9 * DAY + missing;
        for (int i = after; i < after + 6; i++) {
            forecaster.observe(START + i * STEP, values[i]);
            Forecast forecast = forecaster.at(HORIZON, 0.9);
            assertThat(forecast.madeAt()).isEqualTo(Instant.ofEpochMilli(START + i * STEP));
            assertThat(forecast.median()).isCloseTo(values[i + AHEAD], within(0.15 * values[i + AHEAD]));
        }
    }

    @Test
    void zerosForADayAreForecastAsZerosAndLeftBehind() {
        double[] values = values((i, r) -> i / DAY == 8 ? 0 : daily(i) + r.nextGaussian(), 14, 11 * DAY);
        Outcome outcome = run(values, 10 * DAY);
        assertThat(outcome.wape()).isLessThan(0.03);
    }

    @Test
    void clocksMayBeOffAndStepsAreNotCountedTwice() {
        EnsembleForecaster steady = forecaster(Runnable::run);
        EnsembleForecaster jittery = forecaster(Runnable::run);
        Random random = new Random(15);
        for (int i = 0; i < 3 * DAY; i++) {
            double value = daily(i);
            steady.observe(START + i * STEP, value);
            jittery.observe(START + i * STEP + (i < 2 ? 0 : random.nextInt(120_000) - 60_000), value);
            assertThat(jittery.at(HORIZON, 0.9).median())
                    .isEqualTo(steady.at(HORIZON, 0.9).median());
        }
    }

    @Test
    void minutesAreGatheredIntoSteps() {
        EnsembleForecaster forecaster = forecaster(Runnable::run);
        for (int minute = 1; minute <= 7 * 1440; minute++) {
            forecaster.observe(START + minute * 60_000L, minute % 5);
        }
        // each step has 1, 2, 3, 4, 0
        Forecast forecast = forecaster.at(HORIZON, 0.9);
        assertThat(forecast.median()).isCloseTo(2, within(1e-3));
        assertThat(forecast.madeAt()).isEqualTo(Instant.ofEpochMilli(START).plus(Duration.ofDays(7)));
    }

    @Test
    void theSameSeriesGivesTheSameForecasts() {
        double[] values = values((i, r) -> daily(i) * (1 + 0.1 * r.nextGaussian()), 16, 4 * DAY);
        assertThat(forecasts(values)).isEqualTo(forecasts(values));
    }

    private static List<Forecast> forecasts(double[] values) {
        EnsembleForecaster forecaster = forecaster(Runnable::run);
        List<Forecast> said = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            forecaster.observe(START + i * STEP, values[i]);
            said.add(forecaster.at(HORIZON, 0.9));
        }
        return said;
    }

    @Test
    void oneTrainingIsUnderWayAtATimeAndARefusedOneIsAskedForAgain() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        boolean[] full = {true};
        EnsembleForecaster forecaster = forecaster(job -> {
            if (full[0]) {
                throw new RejectedExecutionException("full");
            }
            waiting.add(job);
        });
        for (int i = 0; i < 5 * DAY; i++) {
            full[0] = i < DAY;
            forecaster.observe(START + i * STEP, daily(i));
            assertThat(waiting).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(forecaster.trainings(HORIZON)).isZero();
        waiting.remove().run();
        forecaster.observe(START + 5 * DAY * STEP, daily(0));
        assertThat(forecaster.trainings(HORIZON)).isOne();
        assertThat(forecaster.weights(HORIZON).values().stream()
                        .mapToDouble(w -> w)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void memoryDoesNotGrow() {
        EnsembleForecaster forecaster = forecaster(job -> {});
        for (int i = 0; i < 40 * DAY; i++) {
            forecaster.observe(START + i * STEP, daily(i));
        }
        long before = forecaster.bytes();
        for (int i = 40 * DAY; i < 80 * DAY; i++) {
            forecaster.observe(START + i * STEP, daily(i));
        }
        assertThat(forecaster.bytes()).isEqualTo(before).isLessThan(100_000);
    }

    @Test
    void aWeekAheadIsForecastByTheHour() {
        EnsembleForecaster forecaster =
                new EnsembleForecaster(ForecasterSettings.of(HORIZON), List.of(ForecastHorizon.WEEK), 0, Runnable::run);
        Duration week = Duration.ofDays(7);
        Random random = new Random(17);
        double error = 0;
        double actual = 0;
        double[] said = new double[8 * 168];
        for (int hour = 0; hour < said.length; hour++) {
            double weekday = hour / 24 % 7 < 5 ? 1 : 0.4;
            double value = weekday * (100 + 60 * Math.sin(2 * Math.PI * hour / 24)) + 2 * random.nextGaussian();
            forecaster.observe(START + hour * 3_600_000L, Math.max(0, value));
            said[hour] = forecaster.at(week, 0.9).median();
            if (hour >= 6 * 168) {
                error += Math.abs(value - said[hour - 168]);
                actual += value;
            }
        }
        assertThat(error / actual).isLessThan(0.05);
    }

    @Test
    void whatIsWrongIsRefusedAndNamed() {
        EnsembleForecaster forecaster = forecaster(Runnable::run);
        forecaster.observe(START, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forecaster.observe(START, 1))
                .withMessageContaining("time must advance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forecaster.observe(START + 1, Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forecaster.at(HORIZON, 1))
                .withMessageContaining("coverage");
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.at(Duration.ofHours(2), 0.9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForecastHorizon(Duration.ofMinutes(14), Duration.ofMinutes(5)))
                .withMessageContaining("whole steps");
    }
}
