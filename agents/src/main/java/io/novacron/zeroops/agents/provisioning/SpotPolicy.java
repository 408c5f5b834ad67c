package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.SpotJob.Kind;
import io.novacron.zeroops.agents.provisioning.SpotJob.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Spot capacity where it pays, on demand where it must be.
 *
 * <p>For jobs: the uniform progress of Wu et al., Can't Be Late (NSDI 2024), over several pools. A job that is ahead of the
 * even way from arrival to deadline waits for spot; one that is behind runs on demand; and as soon as the slack left is what
 * a fallback takes, on demand is where it stays, so that no interruption can make it late. For services: as many spot
 * instances as can be had, in several pools, the rest on demand.
 */
public final class SpotPolicy {
    /** By how much another pool must be cheaper before what runs is moved there. */
    private static final double STICKINESS = 1.1;

    private final SpotSettings settings;

    public SpotPolicy(SpotSettings settings) {
        this.settings = settings;
    }

    /** @param reason one of few, for people and for counting */
    public record Choice(Placement placement, Money bid, String reason) {}

    /**
     * The most that spot is worth: of the price on demand the share of time that is not lost to changeovers, up / (up +
     * changeover). Above it, on demand is cheaper for the same progress.
     */
    public Money bid(Money onDemand, Duration meanUp) {
        double up = Math.max(1, meanUp.toMillis());
        return Money.dollars(
                onDemand.toDollars() * up / (up + settings.changeover().toMillis()));
    }

    /** The price for an hour of progress: what is paid while nothing moves comes on top. */
    double effectivePrice(SpotQuote quote) {
        double up = Math.max(1, quote.meanUp().toMillis());
        return quote.price().toDollars() * (1 + settings.changeover().toMillis() / up);
    }

    /** Where a job runs until the next decision. A job whose spot instance was taken away is {@code WAITING}. */
    public Choice choose(SpotJob job, List<SpotQuote> quotes, Money onDemand, Instant now) {
        if (job.placement().kind() == Kind.SPOT) {
            return stay(job, quotes, onDemand);
        }
        Duration slack = job.slack(now);
        Optional<SpotQuote> best = best(quotes, onDemand);
        boolean hasRoom = slack.compareTo(settings.changeover().multipliedBy(2).plus(margin())) >= 0;
        if (best.isPresent() && hasRoom && isWorthMoving(job, best.get(), onDemand)) {
            Money bid = bid(onDemand, best.get().meanUp());
            return new Choice(Placement.spot(best.get().pool()), bid, "spot");
        }
        if (job.placement().kind() == Kind.ON_DEMAND) {
            boolean isSafe =
                    hasRoom && isAhead(job, now.plus(settings.changeover().multipliedBy(2)));
            return isSafe ? waiting() : onDemand("fallback");
        }
        boolean canWait = slack.compareTo(settings.changeover().plus(margin())) >= 0;
        return canWait && isAhead(job, now) ? waiting() : onDemand(canWait ? "behind" : "deadline");
    }

    private Choice stay(SpotJob job, List<SpotQuote> quotes, Money onDemand) {
        Duration meanUp = quotes.stream()
                .filter(quote -> quote.pool().equals(job.placement().pool()))
                .map(SpotQuote::meanUp)
                .findFirst()
                .orElse(SpotRecord.PRIOR_UP);
        return new Choice(job.placement(), bid(onDemand, meanUp), "spot");
    }

    private static Choice waiting() {
        return new Choice(Placement.WAITING, Money.ZERO, "ahead");
    }

    private static Choice onDemand(String reason) {
        return new Choice(Placement.ON_DEMAND, Money.ZERO, reason);
    }

    /** A decision comes late by up to a step, and what is drained makes no progress during the notice. */
    private Duration margin() {
        return settings.step().plus(settings.notice());
    }

    /** Whether as much is done as if the work were spread evenly from arrival to deadline. */
    private static boolean isAhead(SpotJob job, Instant at) {
        double elapsed = Duration.between(job.arrival(), at).toMillis();
        double all = Math.max(1, Duration.between(job.arrival(), job.deadline()).toMillis());
        double done = job.length().minus(job.remaining()).toMillis();
        return done >= elapsed / all * job.length().toMillis();
    }

    /** From on demand only for as long a stay as pays for the changeover. */
    private boolean isWorthMoving(SpotJob job, SpotQuote quote, Money onDemand) {
        if (job.placement().kind() != Kind.ON_DEMAND) {
            return true;
        }
        double stayS = Math.min(quote.meanUp().toSeconds(), job.remaining().toSeconds());
        double saved = (onDemand.toDollars() - quote.price().toDollars()) * stayS;
        return saved > settings.changeover().toSeconds() * onDemand.toDollars();
    }

    /** The cheapest for its progress that is worth its price and not overfull; ties by name. */
    private Optional<SpotQuote> best(List<SpotQuote> quotes, Money onDemand) {
        List<SpotQuote> usable = usable(quotes, onDemand);
        int all = quotes.stream().mapToInt(SpotQuote::inUse).sum() + 1;
        return usable.stream()
                .filter(quote -> quote.inUse() + 1 <= Math.ceil(settings.poolShareMax() * all))
                .findFirst()
                .or(() -> usable.stream().findFirst());
    }

    private List<SpotQuote> usable(List<SpotQuote> quotes, Money onDemand) {
        return quotes.stream()
                .filter(SpotQuote::isAvailable)
                .filter(quote -> !quote.price().exceeds(bid(onDemand, quote.meanUp())))
                .sorted(Comparator.comparingDouble(this::effectivePrice).thenComparing(SpotQuote::pool))
                .toList();
    }

    /**
     * How many instances of a service each pool should hold; those that are missing run on demand. No pool holds more than
     * its share, so that one interruption never takes more than that; and where booting takes longer than the notice, no more
     * are on spot than keep the availability, by how often each pool was lately interrupted. What is in use stays until another pool is a tenth
     * cheaper, so that nothing moves to and fro.
     */
    public Map<String, Integer> spread(int instances, List<SpotQuote> quotes, Money onDemand) {
        int perPool = (int) Math.ceil(settings.poolShareMax() * instances);
        Map<String, Integer> counts = new LinkedHashMap<>();
        int left = instances;
        double mayMiss = (1 - settings.availabilityMin()) * instances;
        List<SpotQuote> order = usable(quotes, onDemand).stream()
                .sorted(Comparator.comparingDouble(this::priceOfStaying).thenComparing(SpotQuote::pool))
                .toList();
        for (SpotQuote quote : order) {
            double missed = missedShare(quote);
            int own = Math.min(Math.min(left, perPool), missed == 0 ? left : (int) (mayMiss / missed));
            if (own > 0) {
                counts.put(quote.pool(), own);
                left -= own;
                mayMiss -= own * missed;
            }
        }
        return counts;
    }

    /** Whether what runs on demand is moved to this pool: what little is saved does not pay for moving. */
    boolean isWorthLeaving(Money onDemand, SpotQuote quote) {
        return effectivePrice(quote) * STICKINESS <= onDemand.toDollars();
    }

    /** Of the time of one instance. */
    private double missedShare(SpotQuote quote) {
        return (double) settings.gap().toMillis() / Math.max(1, quote.meanUp().toMillis());
    }

    private double priceOfStaying(SpotQuote quote) {
        return quote.inUse() > 0 ? effectivePrice(quote) / STICKINESS : effectivePrice(quote);
    }
}
