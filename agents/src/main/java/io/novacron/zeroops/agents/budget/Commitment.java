package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The money for one resource: a price per hour that changes in steps, from the last bill to the end of the period.
 * Steps rather than one rate, because decisions come and go between two bills, and what was taken away is billed a
 * little longer: the cost before and after each change has to be told apart when the bill comes.
 *
 * @param project the node that pays
 * @param ratePerHour what it costs from {@code accountedTo} on; not negative
 * @param accountedTo up to when it was billed; where that is before the period, the cost until then was counted as
 *     spent when its period ended
 * @param changes later changes of the rate, in order of time; the rate never falls below zero
 * @param until up to when the money is there: the period's end, or less if a renewal was refused
 */
public record Commitment(
        String resource,
        String project,
        Money ratePerHour,
        Instant accountedTo,
        List<RateChange> changes,
        Instant until) {

    /** Bounds what can pile up while nobody bills. A growth makes two; a shrinkage beyond zero none. */
    public static final int CHANGES_MAX = 1_000;

    /** From {@code at} on, {@code perHour} more or, below zero, less. */
    public record RateChange(Instant at, Money perHour) {}

    public Commitment {
        changes = List.copyOf(changes);
    }

    static Commitment none(String resource, String project, Instant at) {
        return new Commitment(resource, project, Money.ZERO, at, List.of(), at);
    }

    /** What of the current period's money it holds. */
    public Money committed(Instant periodStart) {
        return cost(accountedTo.isBefore(periodStart) ? periodStart : accountedTo, until);
    }

    /** What it costs from one instant, not before {@code accountedTo}, to another. */
    public Money cost(Instant from, Instant to) {
        BigInteger sum = BigInteger.ZERO;
        Money rate = ratePerHour;
        Instant since = from;
        for (RateChange change : changes) {
            if (change.at().isAfter(since)) {
                Instant at = earlier(change.at(), to);
                sum = sum.add(Rates.product(rate, since, at));
                since = later(since, at);
            }
            rate = rate.plus(change.perHour());
        }
        return Rates.toMoney(sum.add(Rates.product(rate, since, to)));
    }

    /** The price per hour once all changes have come. */
    public Money finalRatePerHour() {
        return rateAfter(changes);
    }

    Commitment changed(Instant at, Money perHour) {
        List<RateChange> all = new ArrayList<>(changes);
        all.add(new RateChange(at, perHour));
        all.sort(Comparator.comparing(RateChange::at));
        return new Commitment(resource, project, ratePerHour, accountedTo, all, until).billedTo(accountedTo);
    }

    Commitment billedTo(Instant upTo) {
        List<RateChange> past =
                changes.stream().filter(c -> !c.at().isAfter(upTo)).toList();
        List<RateChange> ahead = changes.subList(past.size(), changes.size());
        return new Commitment(resource, project, rateAfter(past), upTo, ahead, later(until, upTo));
    }

    Commitment fundedTo(Instant newUntil) {
        return new Commitment(resource, project, ratePerHour, accountedTo, changes, newUntil);
    }

    /** Whether it costs nothing from {@code from} on. */
    boolean isOver(Instant from) {
        return finalRatePerHour().equals(Money.ZERO) && changes.stream().noneMatch(c -> c.at().isAfter(from));
    }

    private Money rateAfter(List<RateChange> past) {
        Money rate = ratePerHour;
        for (RateChange change : past) {
            rate = rate.plus(change.perHour());
        }
        return rate;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
