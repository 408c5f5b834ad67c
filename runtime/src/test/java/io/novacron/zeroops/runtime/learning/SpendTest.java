package io.novacron.zeroops.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SpendTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SpendAnomalySettings DAILY = new SpendAnomalySettings(SpendAnomalySettings.DAY, 0.5, 1);
    private static final SpendAnomalySettings HOURLY = new SpendAnomalySettings(SpendAnomalySettings.HOUR, 0.5, 1);

    private static double weekly(int day) {
        return day % 7 < 5 ? 100 : 60;
    }

    private static SpendForecaster after(int days, IntToDoubleFunction spend) {
        var forecaster = new SpendForecaster(30);
        for (int day = 0; day < days; day++) {
            forecaster.observe(spend.applyAsDouble(day));
        }
        return forecaster;
    }

    private static List<Long> steps(SpendAnomalySettings settings, int count, IntToDoubleFunction spend) {
        var detector = new SpendAnomalies(settings, START);
        List<Long> found = new ArrayList<>();
        for (int step = 0; step < count; step++) {
            detector.observe(spend.applyAsDouble(step)).ifPresent(anomaly -> found.add(anomaly.step()));
        }
        return found;
    }

    @Test
    void theWeekAndTheSumOfAMonthAreLearned() {
        SpendForecast forecast = after(200, SpendTest::weekly).forecast();
        double sum = 0;
        for (int lead = 1; lead <= 30; lead++) {
            double actual = weekly(199 + lead);
            sum += actual;
            assertThat(forecast.day().get(lead - 1).expected()).isBetween(0.97 * actual, 1.03 * actual);
        }
        assertThat(forecast.total().expected()).isBetween(0.99 * sum, 1.01 * sum);
    }

    @Test
    void aTrendIsFollowed() {
        double sum = 0;
        for (int day = 300; day < 330; day++) {
            sum += 100 + day;
        }
        assertThat(after(300, day -> 100 + day).forecast().total().expected()).isBetween(0.97 * sum, 1.03 * sum);
    }

    @Test
    void aboutNineOfTenDaysLieInTheirInterval() {
        var random = new SplittableRandom(7);
        double[] spend = new double[600];
        for (int day = 0; day < spend.length; day++) {
            spend[day] = weekly(day) * Math.exp(0.15 * (random.nextDouble() + random.nextDouble() - 1));
        }
        var forecaster = new SpendForecaster(30);
        int inside = 0;
        int scored = 0;
        for (int day = 0; day < spend.length - 30; day++) {
            forecaster.observe(spend[day]);
            for (int lead = 1; day >= 100 && lead <= 30; lead++) {
                scored++;
                inside += forecaster.forecast().day().get(lead - 1).contains(spend[day + lead]) ? 1 : 0;
            }
        }
        assertThat((double) inside / scored).isBetween(0.86, 0.94);
    }

    /** What is said of the days ahead does not change when those days turn out otherwise. */
    @Test
    void nothingIsKnownOfTheFuture() {
        SpendForecast before = after(150, SpendTest::weekly).forecast();
        List<SpendForecast> said = new ArrayList<>();
        var forecaster = new SpendForecaster(30);
        for (int day = 0; day < 170; day++) {
            forecaster.observe(day < 150 ? weekly(day) : 1_000);
            said.add(forecaster.forecast());
        }
        assertThat(said.get(149)).isEqualTo(before);
        assertThat(said.get(169)).isNotEqualTo(before);
    }

    @Test
    void daysThatNobodyKnowsAreNotTakenForZero() {
        SpendForecast forecast =
                after(200, day -> day % 50 == 10 ? Double.NaN : weekly(day)).forecast();
        assertThat(forecast.day().get(0).expected()).isBetween(95.0, 105.0);
        assertThat(forecast.total().isBounded()).isTrue();
    }

    @Test
    void nothingSpentIsForecastAsNothing() {
        assertThat(after(100, day -> 0).forecast().total()).isEqualTo(new SpendForecast.Range(0, 0, 0));
    }

    @Test
    void aRiseByMoreThanHalfIsToldOnceAndAtOnce() {
        assertThat(steps(DAILY, 60, day -> weekly(day) * (day == 40 || day == 41 ? 1.7 : 1)))
                .containsExactly(40L);
        assertThat(steps(DAILY, 60, day -> weekly(day) * (day == 40 ? 1.4 : 1))).isEmpty();
    }

    @Test
    void whatLastsIsTheNewLevel() {
        assertThat(steps(DAILY, 120, day -> weekly(day) * (day < 40 ? 1 : day < 80 ? 2 : 4)))
                .containsExactly(40L, 80L);
    }

    @Test
    void weekdaysHoursAndMonthlyChargesAreNoAnomalies() {
        assertThat(steps(DAILY, 200, day -> day % 7 < 5 ? 300 : 20)).isEmpty();
        assertThat(steps(HOURLY, 24 * 60, hour -> hour % 24 < 8 ? 5 : 50)).isEmpty();
        // on the first of each month, from January on: told in February and March, and known in April
        assertThat(steps(DAILY, 110, day -> 100 + (day == 31 || day == 59 || day == 90 ? 500 : 0)))
                .containsExactly(31L, 59L);
    }

    @Test
    void centsAlarmNobody() {
        assertThat(steps(DAILY, 60, day -> day == 40 ? 1.5 : 0.6)).isEmpty();
        assertThat(steps(DAILY, 60, day -> day == 40 ? 15 : 6)).containsExactly(40L);
    }
}
