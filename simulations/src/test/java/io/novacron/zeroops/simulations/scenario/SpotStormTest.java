package io.novacron.zeroops.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SpotStormFigures;
import io.novacron.zeroops.simulations.evaluation.SpotStormFigures.Policy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpotStormTest {
    private static final Duration OUTAGE = Duration.ofHours(1);

    private static SpotStormOptions options(int struck, Duration notice) {
        return new SpotStormOptions(Seeds.of(3), 20, struck, OUTAGE, notice, 0.3, ProviderFaults.DEFAULTS);
    }

    private static SpotStormFigures figures(SpotStormOptions options) {
        ScenarioReport report = new SimulatedScenarios()
                .spotStorm(
                        options,
                        new Surroundings(row -> {}, JournalSink.NONE, (what, fraction) -> {}, () -> Instant.EPOCH));
        return (SpotStormFigures) report.view().figures();
    }

    private static Policy policy(SpotStormFigures figures, String name) {
        return figures.policies().stream()
                .filter(p -> p.policy().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withANoticeNothingIsMissedThoughNoMarketIsLeft() {
        SpotStormFigures figures = figures(options(4, SpotStormOptions.NOTICE));
        Policy own = policy(figures, "zeroops");
        assertThat(own.availabilityPct()).isEqualTo(100);
        assertThat(own.fewest()).isGreaterThanOrEqualTo(20);
        assertThat(own.savedPct()).isGreaterThan(30);
        assertThat(policy(figures, "any market, no fall-back").fewest()).isZero();
        assertThat(figures.spotShareBeforePct()).isGreaterThan(95);
        assertThat(figures.spotShareDuringPct()).isLessThan(5);
        assertThat(figures.spotShareAfterPct()).isGreaterThan(80);
        assertThat(figures.coveredMaxS()).isLessThanOrEqualTo(120);
        assertThat(figures.taken()).isZero();
        assertThat(figures.heldUsdPerH()).isCloseTo(figures.heldAtBidUsdPerH(), within(1e-6));
        assertThat(figures.invariantsChecked()).isPositive();
        assertThat(figures.invariantsViolated()).isZero();
    }

    @Test
    void withoutOneItIsShortUntilOthersHaveBootedAndKeepsMoreOnDemand() {
        SpotStormFigures figures = figures(options(3, Duration.ZERO));
        Policy own = policy(figures, "zeroops");
        assertThat(own.fewest()).isBetween(1, 19);
        assertThat(own.availabilityPct()).isBetween(99.5, 99.9999);
        assertThat(own.longestShortageS()).isLessThan(300);
        assertThat(figures.spotShareBeforePct()).isLessThan(95);
        assertThat(figures.invariantsViolated()).isZero();
    }

    @Test
    void theSameSeedIsTheSameStorm() {
        var options = options(3, SpotStormOptions.NOTICE);
        assertThat(figures(options)).isEqualTo(figures(options));
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> options(5, SpotStormOptions.NOTICE)).hasMessageContaining("5 struck markets");
        assertThatThrownBy(() -> options(3, Duration.ofMinutes(6))).hasMessageContaining("use 0s to 5m");
        assertThatThrownBy(() -> new SpotStormOptions(
                        Seeds.of(1), 0, 3, OUTAGE, SpotStormOptions.NOTICE, 0.3, ProviderFaults.DEFAULTS))
                .hasMessageContaining("0 instances");
        assertThatThrownBy(() -> new SpotStormOptions(
                        Seeds.of(1), 1, 3, OUTAGE, SpotStormOptions.NOTICE, Double.NaN, ProviderFaults.DEFAULTS))
                .hasMessageContaining("more than 0 and at most 1");
        assertThatThrownBy(() -> new SpotStormOptions(
                        Seeds.of(1), 1, 3, Duration.ZERO, SpotStormOptions.NOTICE, 0.3, ProviderFaults.DEFAULTS))
                .hasMessageContaining("use 20m to 4h");
    }
}
