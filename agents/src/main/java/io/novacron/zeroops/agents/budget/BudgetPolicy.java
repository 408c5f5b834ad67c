package io.novacron.zeroops.agents.budget;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The limits that an operator sets.
 *
 * @param billingMinimum for how long a provider bills an instance at least, and so for how long the money of one that is
 *     taken away stays committed; not negative
 * @param clockTolerance by how much the clock that journals may be ahead of the provider's, which bills: money is held from
 *     that much earlier on; not negative
 * @param noticePatience how long a notice may stay undelivered; above zero
 * @param levels of a limit, in percent, that a node's owners are told of; ascending, 1 to 100
 * @param scaleDownPercent of a limit, from which the least important work shrinks and does not grow; 1 to 100, which is never
 * @param drainAhead how long before its money runs out work is drained; zero: nothing is by itself
 * @param drainRest between two proposals to shrink; above zero
 * @param subscriptions who is told of spend anomalies; at most {@link #SUBSCRIPTIONS_MAX}, of which {@link Watch#NEWS_MAX} hear at once
 */
public record BudgetPolicy(
        Duration billingMinimum,
        Duration clockTolerance,
        Duration noticePatience,
        List<Integer> levels,
        int scaleDownPercent,
        Duration drainAhead,
        Duration drainRest,
        List<Subscription> subscriptions) {
    /** Whoever is told of an anomaly is one of so many at most. */
    public static final int SUBSCRIPTIONS_MAX = 1_000;

    private static final List<Integer> LEVELS = List.of(80, 90, 100);
    private static final int SCALE_DOWN_PERCENT = 90;
    private static final Duration DRAIN_AHEAD = Duration.ofHours(1);
    private static final Duration DRAIN_REST = Duration.ofSeconds(30);

    /**
     * Who is sent {@link SpendCommand.SpendAnomalyRaised}.
     *
     * @param node of whose anomalies, and of those of all nodes below it
     * @param address of the agent that is told
     */
    public record Subscription(String node, String address) {}

    /** Instances are billed per second, with a minimum of 60 s; as with the three large public clouds. */
    public static final BudgetPolicy DEFAULT = of(Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofHours(1));

    /** With the levels and the draining that nobody set otherwise. */
    static BudgetPolicy of(Duration billingMinimum, Duration clockTolerance, Duration noticePatience) {
        return new BudgetPolicy(
                billingMinimum,
                clockTolerance,
                noticePatience,
                LEVELS,
                SCALE_DOWN_PERCENT,
                DRAIN_AHEAD,
                DRAIN_REST,
                List.of());
    }

    /**
     * The default, but for these, from 0 to 1.
     *
     * @param told the share of a limit from which on owners are told; they are told again at {@code scaleDown} and at all of it
     */
    public static BudgetPolicy of(double told, double scaleDown) {
        int first = percent(told);
        int second = percent(scaleDown);
        List<Integer> levels = Stream.of(first, second, 100).distinct().sorted().toList();
        return new BudgetPolicy(
                DEFAULT.billingMinimum,
                DEFAULT.clockTolerance,
                DEFAULT.noticePatience,
                levels,
                second,
                DRAIN_AHEAD,
                DRAIN_REST,
                List.of());
    }

    /** The same, with others to be told of anomalies. */
    public BudgetPolicy telling(List<Subscription> others) {
        return new BudgetPolicy(
                billingMinimum,
                clockTolerance,
                noticePatience,
                levels,
                scaleDownPercent,
                drainAhead,
                drainRest,
                others);
    }

    private static int percent(double share) {
        return Math.max(1, Math.min(100, (int) Math.round(100 * share)));
    }

    public BudgetPolicy {
        levels = List.copyOf(levels);
        subscriptions = List.copyOf(subscriptions);
        if (billingMinimum.isNegative()
                || clockTolerance.isNegative()
                || noticePatience.isNegative()
                || noticePatience.isZero()
                || levels.stream().anyMatch(level -> level < 1 || level > 100)
                || scaleDownPercent < 1
                || scaleDownPercent > 100
                || drainAhead.isNegative()
                || drainRest.compareTo(Duration.ZERO) <= 0
                || subscriptions.size() > SUBSCRIPTIONS_MAX) {
            throw new IllegalArgumentException("budget policy out of range: billingMinimum=" + billingMinimum
                    + ", clockTolerance=" + clockTolerance + ", noticePatience=" + noticePatience
                    + ", levels=" + levels + ", scaleDownPercent=" + scaleDownPercent + ", drainAhead=" + drainAhead
                    + ", drainRest=" + drainRest + ", subscriptions=" + subscriptions.size());
        }
    }
}
