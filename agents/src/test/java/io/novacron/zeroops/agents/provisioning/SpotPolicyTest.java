package io.novacron.zeroops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.SpotJob.Kind;
import io.novacron.zeroops.agents.provisioning.SpotJob.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpotPolicyTest {
    private static final Money ON_DEMAND = Money.dollars(1);
    private static final SpotSettings SETTINGS = new SpotSettings(
            Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(10), 0.5, 0.999);
    private static final Instant START = Instant.EPOCH;

    private final SpotPolicy policy = new SpotPolicy(SETTINGS);

    @Test
    void bidsTheShareOfTimeThatIsNotLost() {
        assertThat(policy.bid(ON_DEMAND, Duration.ofMinutes(95))).isEqualTo(Money.dollars(0.95));
        assertThat(policy.bid(ON_DEMAND, Duration.ZERO)).isLessThan(Money.dollars(0.01));
    }

    @Test
    void takesTheCheapestForItsProgress() {
        var shaky = new SpotQuote("shaky", true, Money.dollars(0.30), Duration.ofMinutes(10), 0); // 0.45 for progress
        var steady = new SpotQuote("steady", true, Money.dollars(0.33), Duration.ofHours(10), 0);
        var gone = new SpotQuote("gone", false, Money.ZERO, Duration.ofHours(10), 0);

        assertThat(choose(job(Placement.WAITING, 10, 20, 10), 0, shaky, steady, gone))
                .isEqualTo(Placement.spot("steady"));
        assertThat(choose(job(Placement.WAITING, 10, 20, 10), 0, gone)).isEqualTo(Placement.WAITING);
    }

    @Test
    void neverBuysSpotThatIsDearerForItsProgress() {
        var dear = new SpotQuote("dear", true, Money.dollars(0.96), Duration.ofMinutes(95), 0);
        assertThat(choose(job(Placement.WAITING, 10, 20, 10), 0, dear)).isEqualTo(Placement.WAITING);
    }

    @Test
    void aFullPoolIsLeftWhereAnotherCanBeHad() {
        var full = new SpotQuote("a", true, Money.dollars(0.30), Duration.ofHours(10), 3);
        var other = new SpotQuote("b", true, Money.dollars(0.31), Duration.ofHours(10), 1);
        assertThat(choose(job(Placement.WAITING, 10, 20, 10), 0, full, other)).isEqualTo(Placement.spot("b"));
        assertThat(choose(job(Placement.WAITING, 10, 20, 10), 0, full)).isEqualTo(Placement.spot("a"));
    }

    @Test
    void waitsWhileAheadAndRunsOnDemandWhenBehind() {
        // 10 h of work in 20 h; after 4 h, 2 h should be done.
        assertThat(choose(job(Placement.WAITING, 10, 20, 8), 4)).isEqualTo(Placement.WAITING);
        assertThat(choose(job(Placement.WAITING, 10, 20, 8.1), 4)).isEqualTo(Placement.ON_DEMAND);
    }

    @Test
    void onDemandStaysUntilItIsAheadForLongEnough() {
        assertThat(choose(job(Placement.ON_DEMAND, 10, 20, 8), 4)).isEqualTo(Placement.ON_DEMAND);
        assertThat(choose(job(Placement.ON_DEMAND, 10, 20, 7.8), 4)).isEqualTo(Placement.WAITING);
        var spot = new SpotQuote("a", true, Money.dollars(0.30), Duration.ofHours(10), 0);
        assertThat(choose(job(Placement.ON_DEMAND, 10, 20, 8), 4, spot)).isEqualTo(Placement.spot("a"));
        var brief = new SpotQuote("a", true, Money.dollars(0.30), Duration.ofMinutes(6), 0);
        assertThat(choose(job(Placement.ON_DEMAND, 10, 20, 8), 4, brief)).isEqualTo(Placement.ON_DEMAND);
    }

    @Test
    void withoutSlackNothingIsRisked() {
        var spot = new SpotQuote("a", true, Money.dollars(0.30), Duration.ofHours(10), 0);
        // 2 changeovers, a step and the notice: 22 min.
        assertThat(choose(minutes(Placement.WAITING, 600, 600 + 22), 0, spot)).isEqualTo(Placement.spot("a"));
        var tight = choice(minutes(Placement.WAITING, 600, 600 + 21), 0, spot);
        assertThat(tight.placement()).isEqualTo(Placement.WAITING); // still ahead, and a fallback is still possible
        assertThat(choice(minutes(Placement.WAITING, 600, 600 + 16), 0, spot).reason())
                .isEqualTo("deadline");
    }

    @Test
    void aRunningSpotInstanceIsKept() {
        var running = job(Placement.spot("a"), 10, 20, 8);
        assertThat(choose(running, 4)).isEqualTo(Placement.spot("a"));
        var cheaper = new SpotQuote("b", true, Money.dollars(0.1), Duration.ofHours(10), 0);
        var own = new SpotQuote("a", true, Money.dollars(0.3), Duration.ofMinutes(95), 1);
        var choice = choice(running, 4, own, cheaper);
        assertThat(choice.placement()).isEqualTo(Placement.spot("a"));
        assertThat(choice.bid()).isEqualTo(Money.dollars(0.95));
    }

    /** Whatever the market does: a job that could be done on demand at its arrival is done by its deadline. */
    @Test
    void noMarketMakesAJobLate() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            double remaining = 60 + random.nextInt(600);
            double deadline = remaining + 15 + random.nextInt(300);
            double length = remaining;
            Placement placement = Placement.WAITING;
            double warmup = 0;
            double at = 0;
            while (remaining > 0) {
                boolean isUp = random.nextDouble() < 0.6;
                if (placement.kind() == Kind.SPOT && !isUp) {
                    remaining += warmup == 0 ? 2 : 0; // the notice
                    remaining = Math.min(length, remaining);
                    placement = Placement.WAITING;
                }
                var quote = new SpotQuote("a", isUp, Money.dollars(0.3), Duration.ofMinutes(30), 0);
                var job = new SpotJob(START, minute(deadline), span(length), span(remaining), placement);
                Placement next = policy.choose(job, List.of(quote), ON_DEMAND, minute(at))
                        .placement();
                warmup = next.equals(placement) ? warmup : 5;
                placement = next;
                double used = placement.kind() == Kind.WAITING ? 0 : Math.min(10, warmup + remaining);
                double warm = Math.min(warmup, used);
                warmup -= warm;
                remaining -= used - warm;
                at += remaining > 0 ? 10 : used;
            }
            assertThat(at).as("seed %d", seed).isLessThanOrEqualTo(deadline);
        }
    }

    @Test
    void aServiceIsSpreadAndStaysWhereItIs() {
        var a = new SpotQuote("a", true, Money.dollars(0.30), Duration.ofHours(10), 0);
        var b = new SpotQuote("b", true, Money.dollars(0.31), Duration.ofHours(10), 0);
        var c = new SpotQuote("c", true, Money.dollars(0.32), Duration.ofHours(10), 5);
        assertThat(policy.spread(10, List.of(a, b), ON_DEMAND)).isEqualTo(Map.of("a", 5, "b", 5));
        assertThat(policy.spread(10, List.of(a), ON_DEMAND)).isEqualTo(Map.of("a", 5));
        assertThat(policy.spread(10, List.of(a, b, c), ON_DEMAND)).isEqualTo(Map.of("c", 5, "a", 5));
        assertThat(policy.spread(3, List.of(a, b), ON_DEMAND)).isEqualTo(Map.of("a", 2, "b", 1));
        assertThat(policy.spread(3, List.of(), ON_DEMAND)).isEmpty();
    }

    @Test
    void slowBootsLimitWhatIsOnSpot() {
        var slow = new SpotPolicy(new SpotSettings(
                Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(10), 1, 0.99));
        // 3 min are missed of each interruption; 1 % of 10 instances may be.
        var steady = new SpotQuote("steady", true, Money.dollars(0.30), Duration.ofHours(5), 0);
        var shaky = new SpotQuote("shaky", true, Money.dollars(0.30), Duration.ofHours(1), 0);
        assertThat(slow.spread(10, List.of(steady), ON_DEMAND)).isEqualTo(Map.of("steady", 10));
        assertThat(slow.spread(10, List.of(shaky), ON_DEMAND)).isEqualTo(Map.of("shaky", 2));
    }

    private static SpotSettings settings(double poolShare, double availability) {
        return new SpotSettings(
                Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), poolShare, availability);
    }

    @Test
    void recordsLearnHowLongPoolsLast() {
        SpotRecord record = SpotRecord.NEW;
        assertThat(record.meanUp()).isEqualTo(SpotRecord.PRIOR_UP);
        for (int i = 0; i < 600; i++) {
            record = record.observe(Duration.ofMinutes(10), true);
        }
        Duration steady = record.meanUp();
        assertThat(steady).isGreaterThan(Duration.ofDays(2));
        for (int i = 0; i < 600; i++) {
            record = record.observe(Duration.ofMinutes(10), i % 2 == 0);
        }
        assertThat(record.meanUp()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(25));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> new SpotSettings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0.5, 0.9))
                .hasMessageContaining("step");
        assertThatThrownBy(() -> settings(0, 0.9)).hasMessageContaining("pool share 0.0");
        assertThatThrownBy(() -> settings(0.5, 1)).hasMessageContaining("availability 1.0");
    }

    private Placement choose(SpotJob job, double hour, SpotQuote... quotes) {
        return choice(job, hour, quotes).placement();
    }

    private SpotPolicy.Choice choice(SpotJob job, double hour, SpotQuote... quotes) {
        return policy.choose(job, List.of(quotes), ON_DEMAND, minute(60 * hour));
    }

    private static SpotJob job(Placement placement, double length, double deadline, double remaining) {
        return new SpotJob(START, minute(60 * deadline), span(60 * length), span(60 * remaining), placement);
    }

    private static SpotJob minutes(Placement placement, double length, double deadline) {
        return new SpotJob(START, minute(deadline), span(length), span(length), placement);
    }

    private static Instant minute(double minute) {
        return START.plus(span(minute));
    }

    private static Duration span(double minutes) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }
}
