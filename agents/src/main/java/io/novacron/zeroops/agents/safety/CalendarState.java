package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Freezes, and what is promised of the disruption budget.
 *
 * @param freezes by owner, at most {@link #FREEZES_MAX}
 * @param thawed owners that thawed early, until when their freeze would have lasted: a late repeat must not bring it back
 * @param limit disruptions allowed at once, when one was last promised
 * @param limitPerRegion of those in one region
 */
@TypeName("calendar.State/1")
public record CalendarState(
        Holds holds,
        PSortedMap<String, Freeze> freezes,
        PSortedMap<String, Instant> thawed,
        int limit,
        int limitPerRegion,
        Instant asOf)
        implements State {

    /** One more is refused: a calendar of which nobody knows why it is frozen helps nobody. */
    public static final int FREEZES_MAX = 64;

    /** The next forgets the one that would have ended first. */
    public static final int THAWED_MAX = 64;

    static final CalendarState INITIAL =
            new CalendarState(Holds.NONE, TreePMap.empty(), TreePMap.empty(), 0, 0, Instant.EPOCH);

    /** No disruption in {@code scope} before {@code until}. */
    @TypeName("calendar.OpenFreeze/1")
    public record Freeze(Scope scope, String reason, Instant until) {}

    /** Which limits are exceeded, recounted from what is held: empty, unless the calendar is broken. */
    public List<String> violations() {
        var found = new ArrayList<String>();
        if (disruptions().count() > limit) {
            found.add("disruption_budget: " + disruptions().count() + " of " + limit);
        }
        disruptions().map(e -> e.getValue().action().region()).distinct().forEach(region -> {
            if (disruptions(region) > limitPerRegion) {
                found.add("disruption_budget: " + disruptions(region) + " of " + limitPerRegion + " in " + region);
            }
        });
        return found;
    }

    /** What is promised of the budget, by decision. */
    Stream<Map.Entry<String, Holds.Entry>> disruptions() {
        return holds.open().entrySet().stream()
                .filter(e -> isDisruptive(e.getValue().action()));
    }

    int disruptions(String region) {
        return (int) disruptions()
                .filter(e -> e.getValue().action().region().equals(region))
                .count();
    }

    private static boolean isDisruptive(Action action) {
        return action.kind().isDisruptive();
    }

    /** The owners whose freeze, or the memory of it, is past its time. */
    List<String> lapsedOwners(Instant now) {
        return untils().filter(e -> !e.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .distinct()
                .sorted()
                .toList();
    }

    Optional<Instant> nextLapse() {
        return Stream.concat(holds.nextLapse().stream(), untils().map(Map.Entry::getValue))
                .min(Instant::compareTo);
    }

    private Stream<Map.Entry<String, Instant>> untils() {
        var open = freezes.entrySet().stream()
                .map(e -> Map.entry(e.getKey(), e.getValue().until()));
        return Stream.concat(open, thawed.entrySet().stream());
    }

    /** Until when this owner's freeze lasts, or would have lasted. */
    Optional<Instant> until(String owner) {
        return untils().filter(e -> e.getKey().equals(owner))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    CalendarState frozen(Instant at, String owner, Freeze freeze) {
        return new CalendarState(holds, freezes.plus(owner, freeze), thawed.minus(owner), limit, limitPerRegion, at);
    }

    CalendarState thawed(Instant at, String owner, Instant until) {
        var more = thawed.plus(owner, until);
        if (more.size() > THAWED_MAX) {
            more = more.minus(more.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey());
        }
        return new CalendarState(holds, freezes.minus(owner), more, limit, limitPerRegion, at);
    }

    CalendarState forgetting(List<String> owners) {
        return new CalendarState(holds, freezes.minusAll(owners), thawed.minusAll(owners), limit, limitPerRegion, asOf);
    }

    CalendarState holding(Instant at, Holds newHolds) {
        return new CalendarState(newHolds, freezes, thawed, limit, limitPerRegion, at);
    }

    CalendarState without(Instant at, List<String> decisions) {
        return holding(at, holds.without(decisions));
    }

    /** A region that was filled under an earlier, higher limit stays within that: lowering it takes nothing back. */
    CalendarState promised(Instant at, String decision, Holds.Entry entry, int inAll, int perRegion) {
        Holds promised = holds.promised(decision, entry);
        if (!isDisruptive(entry.action())) {
            return holding(at, promised);
        }
        int fullest = disruptions()
                .map(e -> e.getValue().action().region())
                .filter(region -> !region.equals(entry.action().region()))
                .collect(Collectors.toMap(region -> region, region -> 1, Integer::sum, TreeMap::new))
                .values()
                .stream()
                .max(Integer::compareTo)
                .orElse(0);
        return new CalendarState(promised, freezes, thawed, inAll, Math.max(perRegion, fullest), at);
    }
}
