package io.novacron.zeroops.agents.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Proposal.Alternative;
import io.novacron.zeroops.agents.decision.Proposal.Fact;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    private static ScalerPolicy policy(double safeLoad, int min, int max) {
        return new ScalerPolicy(
                "web", "shop", "eu", safeLoad, min, max, Money.dollars(0.5), ScalerPolicy.PATIENCE, ScalerPolicy.REST);
    }

    private static ReportDemand demand(double load, double soon, double later, double recent, int instances) {
        return new ReportDemand(T0, load, soon, later, recent, instances, "holt/3", 0.04);
    }

    /** A hundred requests per second an instance; one to twenty of them. */
    private static Optional<Proposal> size(double load, double soon, double later, double recent, int instances) {
        return new Sizing(policy(100, 1, 20), demand(load, soon, later, recent, instances))
                .proposal("scaler/web/1", T0.plusSeconds(3));
    }

    private static void assertSize(Optional<Proposal> proposal, ActionClass kind, int to, Priority priority) {
        assertThat(proposal.orElseThrow().action().kind()).isEqualTo(kind);
        assertThat(proposal.orElseThrow().action().to()).isEqualTo(to);
        assertThat(proposal.orElseThrow().priority()).isEqualTo(priority);
        assertThat(proposal.orElseThrow().defect()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0,      100, 1",
        "0.01,   100, 1",
        "100,    100, 1",
        "100.01, 100, 2",
        "400,    100, 4",
        "0.3,    0.1, 3", // 0.3 / 0.1 is 2.9999999999999996
        "0.6,    0.2, 3",
        "0.7,    0.1, 7", // 0.7 / 0.1 is 6.999999999999999
        "1.1,    0.1, 11", // 1.1 / 0.1 is 11.000000000000002
        "2000,   100, 20",
        "2001,   100, 20",
        "1e300,  1e-300, 20",
    })
    void loadDividedByWhatIsSafeRoundedUpButNotOverAnExactMultiple(double load, double safeLoad, int instances) {
        assertThat(policy(safeLoad, 1, 20).required(load)).isEqualTo(instances);
    }

    @Test
    void noLoadNeedsTheMinimum() {
        assertThat(policy(100, 0, 20).required(0)).isZero();
        assertThat(policy(100, 3, 20).required(0)).isEqualTo(3);
    }

    @Test
    void tooFewForTheLoadIsUrgentAndSure() {
        var proposal = size(450, 300, 300, 300, 4); // the forecast does not lower the floor
        assertSize(proposal, ActionClass.SCALE_OUT, 5, Priority.P1);
        assertThat(proposal.orElseThrow().cause()).isEqualTo("load_above_capacity");
        assertThat(proposal.orElseThrow().confidence()).isEqualTo(0.99);
        assertThat(proposal.orElseThrow().leastTo()).isEqualTo(5);
    }

    @Test
    void tooFewForTheForecastIsLessUrgentAndAsSureAsTheForecast() {
        var proposal = size(400, 750, 750, 400, 4);
        assertSize(proposal, ActionClass.SCALE_OUT, 8, Priority.P2);
        assertThat(proposal.orElseThrow().cause()).isEqualTo("forecast_above_capacity");
        assertThat(proposal.orElseThrow().confidence()).isCloseTo(0.95 * 0.98, within(1e-12));
        assertThat(proposal.orElseThrow().leastTo()).isEqualTo(5); // one more is worth having
        assertThat(proposal.orElseThrow().alternatives()).containsExactly(new Alternative(4, "do nothing"));
    }

    @Test
    void bothFloorAndForecastShortAskForTheForecastUrgently() {
        var proposal = size(500, 750, 900, 400, 4);
        assertSize(proposal, ActionClass.SCALE_OUT, 8, Priority.P1);
        assertThat(proposal.orElseThrow().alternatives())
                .containsExactly(
                        new Alternative(4, "do nothing"),
                        new Alternative(5, "what the load needs now, without the forecast"),
                        new Alternative(9, "what the longer horizon may need"));
    }

    @Test
    void enoughIsLeftAlone() {
        assertThat(size(400, 400, 400, 400, 4)).isEmpty();
        assertThat(size(300, 400, 900, 900, 4)).isEmpty(); // the longer horizon alone starts nothing
    }

    @ParameterizedTest
    @CsvSource({
        "300, 300, 300, 300, 3",
        "300, 300, 750, 300, 8",
        "300, 300, 300, 650, 7",
        "300, 550, 300, 300, 6",
        "  0,   0,   0,   0, 1",
    })
    void whatIsGivenUpIsNeitherNeededSoonNorLaterNorAMomentAgo(
            double load, double soon, double later, double recent, int to) {
        var proposal = size(load, soon, later, recent, 10);
        assertSize(proposal, ActionClass.SCALE_IN, to, Priority.P4);
        assertThat(proposal.orElseThrow().cause()).isEqualTo("capacity_above_demand");
        assertThat(proposal.orElseThrow().leastTo()).isEqualTo(9);
        assertThat(proposal.orElseThrow().confidence()).isCloseTo(0.95 * 0.98, within(1e-12));
    }

    @Test
    void nothingIsGivenUpThatWasNeededAMomentAgoOrWillBeLater() {
        assertThat(size(300, 300, 950, 300, 10)).isEmpty();
        assertThat(size(300, 300, 300, 1000, 10)).isEmpty();
    }

    @Test
    void theLimitsHoldWhateverTheLoad() {
        assertSize(size(99_999, 99_999, 0, 0, 4), ActionClass.SCALE_OUT, 20, Priority.P1);
        assertThat(size(99_999, 99_999, 99_999, 99_999, 20)).isEmpty();
        assertSize(size(99_999, 99_999, 0, 0, 25), ActionClass.SCALE_IN, 20, Priority.P4);
        assertSize(size(0, 0, 0, 0, 0), ActionClass.SCALE_OUT, 1, Priority.P1);
    }

    @Test
    void saysWhatItKnewAndWhatItWillCost() {
        var proposal = size(412.5, 300, 250.125, 200, 4).orElseThrow();
        assertThat(proposal.facts())
                .containsExactly(
                        new Fact("sampled_at", "2026-01-05T12:00:00Z"),
                        new Fact("load", "412.5"),
                        new Fact("peak_soon", "300"),
                        new Fact("peak_later", "250.125"),
                        new Fact("recent_peak", "200"),
                        new Fact("instances", "4"),
                        new Fact("safe_load", "100"),
                        new Fact("model", "holt/3"),
                        new Fact("model_error", "0.04"));
        assertThat(proposal.effect()).isEqualTo("utilisation of the SLO-safe capacity becomes 83 %");
        assertThat(proposal.decision()).isEqualTo("scaler/web/1");
        assertThat(proposal.proposer()).isEqualTo("scaler/web");
        assertThat(proposal.at()).isEqualTo(T0.plusSeconds(3));
        assertThat(proposal.costUntil()).isEqualTo(T0.plusSeconds(3).plus(Duration.ofHours(1)));
        assertThat(proposal.action())
                .isEqualTo(Action.of(ActionClass.SCALE_OUT, "workload/web", "shop", "eu", 4, 5, Money.dollars(0.5)));
    }

    /** Java 17's own text of 2e23 is 1.9999999999999998E23; that of later versions is shorter. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.1, 0.1", "2e-3, 0.002", "2e23, 200000000000000000000000", "1e2, 100", "1e-9, 0.000000001"})
    void numbersAreAsShortAsTheyCanBe(double value, String text) {
        assertThat(Sizing.number(value)).isEqualTo(text);
    }

    @Test
    void numbersReadBackAsTheSame() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 3_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE); // of any size, never below 0
            double usual = random.nextDouble(0, 1000);
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Sizing.number(value))).isEqualTo(value);
            }
            assertThat(Double.parseDouble(Sizing.number(usual))).isEqualTo(usual);
        }
        for (double value : new double[] {Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 0.1 + 0.2}) {
            assertThat(Double.parseDouble(Sizing.number(value))).isEqualTo(value);
        }
    }

    @Test
    void ofNothingTheUtilisationIsNothing() {
        var proposal = new Sizing(
                        policy(100, 0, 20),
                        new ReportUse(demand(0, 0, 0, 0, 2), 0, Optional.of(T0.minusSeconds(3_600))))
                .proposal("d", T0)
                .orElseThrow();
        assertThat(proposal.action().to()).isZero();
        assertThat(proposal.effect()).endsWith(" 0 %");
    }

    /** 0.95 for a forecast that is never off, half of that for one that is off by all of the load. */
    @ParameterizedTest
    @CsvSource({"0, 0.95", "0.1, 0.9025", "0.5, 0.7125"})
    void confidenceFallsWithTheForecastsError(double error, double confidence) {
        var demand = new ReportDemand(T0, 400, 750, 0, 0, 4, "holt/3", error);
        assertThat(new Sizing(policy(100, 1, 20), demand)
                        .proposal("d", T0)
                        .orElseThrow()
                        .confidence())
                .isCloseTo(confidence, within(1e-12));
    }

    @Test
    void aForecastThatIsTooWrongIsNotUsedAndWhatWasMeasuredIs() {
        var wrong = new Sizing(policy(100, 1, 20), new ReportDemand(T0, 400, 750, 800, 300, 4, "holt/3", 0.51));
        assertThat(wrong.proposal("d", T0)).isEmpty();
        var idle = new Sizing(policy(100, 1, 20), new ReportDemand(T0, 400, 750, 800, 600, 9, "holt/3", 7.0));
        assertSize(idle.proposal("d", T0), ActionClass.SCALE_IN, 6, Priority.P4);
        assertThat(idle.proposal("d", T0).orElseThrow().confidence()).isEqualTo(0.99);
    }

    /** One spare for ten added, rounded, within the maximum. */
    @ParameterizedTest
    @CsvSource({"8, 4, 8", "9, 4, 10", "14, 4, 15", "18, 4, 19", "19, 4, 20", "20, 4, 20"})
    void manyThatBootGetSpares(int wanted, int from, int to) {
        assertSize(size(100.0 * wanted, 0, 0, 0, from), ActionClass.SCALE_OUT, to, Priority.P1);
    }

    @Test
    void whatWasProposedIsWorthDecidingOnForTenMinutes() {
        assertThat(size(800, 0, 0, 0, 4).orElseThrow().validUntil()).isEqualTo(T0.plusSeconds(603));
    }

    @Test
    void aPolicyThatCannotBeKeptIsNotMade() {
        for (double safeLoad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> policy(safeLoad, 1, 20))
                    .withMessageContaining("use a finite safe load above 0 and 0 <= minInstances <= maxInstances");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> policy(1, -1, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(1, 21, 20));
        assertThat(policy(1, 0, 0).required(99)).isZero();
        Duration second = Duration.ofSeconds(1);
        for (Duration[] wrong :
                new Duration[][] {{Duration.ZERO, second}, {second.negated(), second}, {second, second.negated()}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ScalerPolicy("web", "shop", "eu", 1, 0, 1, Money.ZERO, wrong[0], wrong[1]))
                    .withMessageContaining("use a patience above zero and a rest of zero or more");
        }
        assertThat(new ScalerPolicy("web", "shop", "eu", 1, 0, 1, Money.ZERO, second, Duration.ZERO).resource())
                .isEqualTo("workload/web");
    }

    @Test
    void neverBelowTheFloorNeverBeyondTheLimitsNeverTheWrongWay() {
        var random = new SplittableRandom(7);
        int proposals = 0;
        for (int i = 0; i < 100_000; i++) {
            int min = random.nextInt(5);
            int max = min + random.nextInt(60);
            var policy = policy(random.nextDouble(0.1, 50), min, max);
            double scale = policy.safeLoad() * 70;
            var demand = demand(
                    random.nextDouble(scale),
                    random.nextDouble(scale),
                    random.nextDouble(scale),
                    random.nextDouble(scale),
                    random.nextInt(70));
            var proposal = new Sizing(policy, demand).proposal("d", T0);
            int floor = (int) Math.max(min, Math.min(max, Math.ceil(demand.load() / policy.safeLoad() - 1e-6)));
            if (proposal.isPresent()) {
                proposals++;
                var action = proposal.get().action();
                assertThat(proposal.get().defect()).isEmpty();
                assertThat(action.from()).isEqualTo(demand.instances());
                assertThat(action.to()).isBetween(Math.max(min, floor), max);
            } else {
                assertThat(demand.instances()).isBetween(floor, max);
            }
        }
        assertThat(proposals).isGreaterThan(10_000);
    }
}
