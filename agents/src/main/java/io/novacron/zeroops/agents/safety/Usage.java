package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Expiries;
import io.novacron.zeroops.agents.core.Expiries.Expiry;
import io.novacron.zeroops.agents.decision.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * How much of the quotas is used, apart from what is merely held.
 *
 * @param granted when the grant of each action of the last minute stops counting; one that came to nothing is taken out.
 *     Never more than {@code rate_limit_actions}, since each grant is counted before it is made
 * @param resources what automation changed, by the resource's address; at most {@link #RESOURCES_MAX},
 *     and one more for each open hold
 * @param forgettable those of {@code resources} on which automation has no VMs, and from when on there is nothing to
 *     remember of them
 * @param deleted bytes by the end of the minute in which their deletion was reported: at most as many entries as a day has
 *     minutes, for which a deletion counts up to one minute longer than a day
 * @param proven rollouts whose canary succeeded, and when; at most {@link #ROLLOUTS_MAX}, the oldest dropped
 * @param sums of {@code resources} and {@code deleted}
 */
public record Usage(
        PSortedSet<Expiry> granted,
        PSortedMap<String, Tracked> resources,
        Expiries forgettable,
        PSortedMap<Instant, Long> deleted,
        Expiries proven,
        Sums sums) {

    /** The window of {@code rate_limit_actions}; a grant stops counting exactly this long after it. */
    public static final Duration RATE_WINDOW = Duration.ofMinutes(1);

    /** The window of {@code max_data_deleted}. */
    public static final Duration DELETION_WINDOW = Duration.ofHours(24);

    /** Twice the 100,000 that one control plane manages, so that those that come do not wait for those that go. */
    public static final int RESOURCES_MAX = 200_000;

    public static final int ROLLOUTS_MAX = 256;

    static final Usage NONE =
            new Usage(TreePSet.empty(), TreePMap.empty(), Expiries.NONE, TreePMap.empty(), Expiries.NONE, Sums.NONE);

    Usage granted(Instant at, Expiry grant) {
        return with(grantsAfter(at).plus(grant));
    }

    Usage cameToNothing(Optional<Expiry> grant) {
        return grant.map(g -> with(granted.minus(g))).orElse(this);
    }

    private PSortedSet<Expiry> grantsAfter(Instant now) {
        return granted.tailSet(Expiry.firstAfter(now), true);
    }

    /** The resource changed; a new one makes room by forgetting those of which there is nothing to remember. */
    Usage tracking(Instant at, String resource, UnaryOperator<Tracked> change) {
        Tracked known = resources.get(resource);
        Usage kept = known == null ? without(forgettable.due(at)) : this;
        Tracked before = known == null ? Tracked.NEW : known;
        Tracked after = change.apply(before);
        return new Usage(
                granted,
                kept.resources.plus(resource, after),
                after.vms() == 0
                        ? kept.forgettable.plus(resource, after.levels().quietFrom())
                        : kept.forgettable.minus(resource),
                deleted,
                proven,
                sums.minus(Sums.of(before)).plus(Sums.of(after)));
    }

    boolean hasRoomFor(Instant now, String resource) {
        return resources.containsKey(resource)
                || resources.size() < RESOURCES_MAX
                || resources.size() - forgettable.size() + forgettable.sizeAfter(now) < RESOURCES_MAX;
    }

    /** Of these there are no VMs, so that the sums stay. */
    private Usage without(List<String> forgotten) {
        return new Usage(
                granted, resources.minusAll(forgotten), forgettable.minusAll(forgotten), deleted, proven, sums);
    }

    Usage deleted(Instant at, long bytes) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        var counting = deleted.minusAll(deletedUpTo(at.minus(DELETION_WINDOW)).keySet());
        var after = counting.plus(minute, counting.getOrDefault(minute, 0L) + bytes);
        Sums now = new Sums(sums.vms(), sums.perHour(), bytesWithin(at) + bytes);
        return new Usage(granted, resources, forgettable, after, proven, now);
    }

    private PSortedMap<Instant, Long> deletedUpTo(Instant instant) {
        return deleted.headMap(instant, true);
    }

    Usage proven(Instant at, String rollout) {
        Expiries more = proven.plus(rollout, at);
        if (more.size() > ROLLOUTS_MAX) {
            more = more.minus(more.order().first().id());
        }
        return new Usage(granted, resources, forgettable, deleted, more, sums);
    }

    int grantsWithin(Instant now) {
        return grantsAfter(now).size();
    }

    /** Takes as many steps as there are minutes that count no more. */
    long bytesWithin(Instant now) {
        long over = deletedUpTo(now.minus(DELETION_WINDOW)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return sums.bytes() - over;
    }

    Levels levels(Action action) {
        Tracked tracked = resources.get(action.resource());
        return tracked == null ? Levels.NONE : tracked.levels();
    }

    /** Summed up anew from each single resource and deletion; to be equal to {@link #sums}. */
    Sums summedAnew() {
        Sums fresh = Sums.ofBytes(
                deleted.values().stream().mapToLong(Long::longValue).sum());
        for (Tracked tracked : resources.values()) {
            fresh = fresh.plus(Sums.of(tracked));
        }
        return fresh;
    }

    /** Whether running totals and orders agree with what they are of; looks at everything. */
    boolean isSound() {
        var quiet = new TreeMap<String, Instant>();
        resources.forEach((resource, tracked) -> {
            if (tracked.vms() == 0) {
                quiet.put(resource, tracked.levels().quietFrom());
            }
        });
        return summedAnew().equals(sums)
                && forgettable.instants().equals(quiet)
                && Stream.of(forgettable, proven).allMatch(Expiries::isSound);
    }

    private Usage with(PSortedSet<Expiry> newGranted) {
        return new Usage(newGranted, resources, forgettable, deleted, proven, sums);
    }
}
