package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DemandWindowTest {

    private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private final DemandWindow window = DemandWindow.adaptive(DemandSettings.DEFAULT, 0);

    private Demand feed(int fromSecond, int toSecond, double load) {
        Demand demand = window.sample(START + fromSecond * 1000L, load);
        for (int second = fromSecond + 1; second < toSecond; second++) {
            demand = window.sample(START + second * 1000L, load);
        }
        return demand;
    }

    @Test
    void aStepCountsWithItsFirstSample() {
        feed(0, 3600, 10);
        window.worthTelling();
        Demand demand = feed(3600, 3601, 60);
        assertThat(demand.load()).isEqualTo(60);
        assertThat(demand.growthPeak()).isGreaterThanOrEqualTo(60);
        assertThat(demand.recentPeak()).isGreaterThanOrEqualTo(demand.growthPeak());
        assertThat(window.worthTelling()).contains(demand);
    }

    @Test
    void theStabilisationWindowHoldsItsHighest() {
        feed(0, 600, 10);
        feed(600, 601, 50);
        Demand during = feed(601, 890, 10);
        assertThat(during.recentPeak()).isGreaterThanOrEqualTo(50);
        Demand after = feed(890, 960, 10);
        assertThat(after.recentPeak()).isLessThan(50).isGreaterThanOrEqualTo(after.growthPeak());
    }

    @Test
    void idleIsSinceTheFirstZero() {
        assertThat(feed(0, 10, 3).idleSince()).isEmpty();
        assertThat(feed(10, 20, 0).idleSince()).contains(Instant.ofEpochMilli(START + 10_000));
        assertThat(feed(20, 21, 1).idleSince()).isEmpty();
        assertThat(feed(21, 22, 0).idleSince()).contains(Instant.ofEpochMilli(START + 21_000));
    }

    @Test
    void aRampIsSeenAheadWithinSecondsAndAtMostTripled() {
        feed(0, 3600, 100);
        Demand demand = feed(3600, 3601, 100);
        for (int second = 1; second <= 15; second++) {
            demand = feed(3600 + second, 3601 + second, 100 + 2 * second);
        }
        assertThat(demand.growthPeak()).isBetween(320.0, 390.0); // 130, and 126 s of about 2 a second
        assertThat(demand.load()).isBetween(122.0, 130.0);
    }

    /** 3 % of noise: a first sample of 60 may be one of 63. Once there are more, their mean is the load. */
    @Test
    void theFirstSampleOfAStepIsDoubtedByTheNoiseBeforeIt() {
        var random = new Random(1);
        for (int second = 0; second < 3600; second++) {
            feed(second, second + 1, 10 * (1 + 0.03 * random.nextGaussian()));
        }
        Demand first = feed(3600, 3601, 60);
        assertThat(first.load()).isEqualTo(60);
        assertThat(first.growthPeak()).isGreaterThan(62);
    }

    @Test
    void theSameIsToldOnceAMinute() {
        int told = 0;
        for (int second = 0; second < 3600; second++) {
            feed(second, second + 1, 10);
            told += window.worthTelling().isPresent() ? 1 : 0;
        }
        assertThat(told).isBetween(60, 140);
        assertThat(window.worthTelling()).isEmpty();
    }

    @Test
    void nothingIsKnownBeforeTheFirstSample() {
        assertThat(window.newest()).isEqualTo(Optional.empty());
        assertThat(window.worthTelling()).isEmpty();
    }

    @Test
    void aRefusedSampleChangesNothing() {
        Demand before = feed(0, 10, 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window.sample(START + 10_000, -3))
                .withMessageContaining("-3");
        assertThatIllegalArgumentException().isThrownBy(() -> window.sample(START, 3));
        assertThat(window.newest()).contains(before);
    }

    @Test
    void forecastsForPlotsReachAQuarterOfAnHour() {
        feed(0, 60, 8);
        assertThat(window.forecast(DemandWindow.EXPLAINED, 0.9).median()).isBetween(7.9, 8.1);
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new DemandSettings(Duration.ZERO, 0.6, Duration.ofMinutes(5), 0.02, Duration.ofMinutes(1)))
                .withMessageContaining("growthHorizon");
        for (double weight : new double[] {-0.1, 1.5, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DemandSettings.DEFAULT.withPerformanceWeight(weight))
                    .withMessageContaining("performanceWeight");
        }
    }

    @Test
    void anEnsembleChangesNothingAboutPeaksAndForecastsWhatIsExplained() {
        DemandWindow learning = DemandWindow.learning(DemandSettings.DEFAULT, 0, 0, Runnable::run);
        for (int minute = 0; minute < 600; minute++) {
            double load = 100 + 50 * Math.sin(minute / 20.0);
            assertThat(learning.sample(START + minute * 60_000L, load))
                    .isEqualTo(window.sample(START + minute * 60_000L, load));
        }
        assertThat(learning.forecast(DemandWindow.EXPLAINED, 0.9).model()).isEqualTo("ensemble/1");
        assertThat(window.forecast(DemandWindow.EXPLAINED, 0.9).model()).isEqualTo("adaptive-peak/1");
    }
}
