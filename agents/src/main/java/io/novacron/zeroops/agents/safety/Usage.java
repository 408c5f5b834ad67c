package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * How much of the quotas is used, apart from what is merely held.
 *
 * @param granted when each action of the last minute was granted; one that came to nothing is taken out. Never more than
 *     {@code rate_limit_actions}, since each grant is counted before it is made
 * @param resources what automation changed, by the resource's address; at most {@link #RESOURCES_MAX},
 *     and one more for each open hold
 * @param deleted bytes by the end of the minute in which their deletion was reported: at most as many entries as a day has
 *     minutes, for which a deletion counts up to one minute longer than a day
 * @param proven rollouts whose canary succeeded, and when; at most {@link #ROLLOUTS_MAX}, the oldest dropped
 */
public record Usage(
        PSortedMap<String, Instant> granted,
        PSortedMap<String, Tracked> resources,
        PSortedMap<Instant, Long> deleted,
        PSortedMap<String, Instant> proven) {

    /** The window of {@code rate_limit_actions}; a grant stops counting exactly this long after it. */
    public static final Duration RATE_WINDOW = Duration.ofMinutes(1);

    /** The window of {@code max_data_deleted}. */
    public static final Duration DELETION_WINDOW = Duration.ofHours(24);

    public static final int RESOURCES_MAX = 4096;
    public static final int ROLLOUTS_MAX = 256;

    static final Usage NONE = new Usage(TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

    Usage granted(Instant at, String decision) {
        Instant start = at.minus(RATE_WINDOW);
        var old = granted.entrySet().stream()
                .filter(e -> !e.getValue().isAfter(start))
                .map(Map.Entry::getKey)
                .toList();
        return new Usage(granted.minusAll(old).plus(decision, at), resources, deleted, proven);
    }

    Usage cameToNothing(String decision) {
        return new Usage(granted.minus(decision), resources, deleted, proven);
    }

    /** The resource changed; a new one makes room by forgetting those of which there is nothing to remember. */
    Usage tracking(Instant at, String resource, UnaryOperator<Tracked> change) {
        Tracked known = resources.get(resource);
        var kept = known == null ? remembered(at) : resources;
        Tracked changed = change.apply(known == null ? Tracked.NEW : known);
        return new Usage(granted, kept.plus(resource, changed), deleted, proven);
    }

    boolean hasRoomFor(Instant now, String resource) {
        return resources.containsKey(resource)
                || resources.size() < RESOURCES_MAX
                || remembered(now).size() < RESOURCES_MAX;
    }

    private PSortedMap<String, Tracked> remembered(Instant now) {
        return resources.minusAll(resources.entrySet().stream()
                .filter(e -> e.getValue().isForgettable(now))
                .map(Map.Entry::getKey)
                .toList());
    }

    Usage deleted(Instant at, long bytes) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        Instant start = at.minus(DELETION_WINDOW);
        var old = deleted.keySet().stream().filter(m -> !m.isAfter(start)).toList();
        long sum = deleted.getOrDefault(minute, 0L) + bytes;
        return new Usage(granted, resources, deleted.minusAll(old).plus(minute, sum), proven);
    }

    Usage proven(Instant at, String rollout) {
        var more = proven.plus(rollout, at);
        if (more.size() > ROLLOUTS_MAX) {
            String oldest = more.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            more = more.minus(oldest);
        }
        return new Usage(granted, resources, deleted, more);
    }

    int grantsWithin(Instant now) {
        Instant start = now.minus(RATE_WINDOW);
        return (int) granted.values().stream().filter(at -> at.isAfter(start)).count();
    }

    long bytesWithin(Instant now) {
        Instant start = now.minus(DELETION_WINDOW);
        return deleted.entrySet().stream()
                .filter(e -> e.getKey().isAfter(start))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    int vms() {
        return resources.values().stream().mapToInt(Tracked::vmsAdded).sum();
    }

    Money perHour() {
        return resources.values().stream().map(Tracked::perHour).reduce(Money.ZERO, Money::plus);
    }

    Levels levels(Action action) {
        Tracked tracked = resources.get(action.resource());
        return tracked == null ? Levels.NONE : tracked.levels();
    }
}
