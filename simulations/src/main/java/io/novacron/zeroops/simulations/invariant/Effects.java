package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeEnded;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What truly happened at the provider, against what was journaled before it. */
final class Effects {
    /** That of {@code max_scale_up_percent} and {@code max_scale_down_percent}. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private record Level(Instant at, int instances) {}

    private static final class Seen {
        final Deque<Level> levels = new ArrayDeque<>();
        boolean isChanging;
        long highest;
        long began;
        long answered;
    }

    private boolean areUnknown;
    private final Verdicts verdicts;
    private final Supplier<SafetyConstraints> constraints;
    private final Set<String> keys = new HashSet<>(); // never iterated
    private final Map<String, Seen> byResource = new HashMap<>(); // never iterated

    Effects(Verdicts verdicts, Supplier<SafetyConstraints> constraints) {
        this.verdicts = verdicts;
        this.constraints = constraints;
    }

    void tookEffect(
            String resource,
            String key,
            long generation,
            FleetOperation operation,
            @Nullable ResourceState owner,
            Instant at) {
        Seen seen = byResource.computeIfAbsent(resource, r -> new Seen());
        verdicts.check(keys.add(key), at, () -> key + " took effect twice");
        verdicts.check(
                generation > seen.highest,
                at,
                () -> resource + ": generation " + generation + " took effect after " + seen.highest);
        seen.highest = Math.max(seen.highest, generation);
        boolean journaled = owner != null
                && owner.flight().filter(f -> f.applied() == generation).isPresent();
        verdicts.check(journaled, at, () -> key + " took effect, but no such change was in flight");
        if (operation instanceof SetInstances set && owner != null) {
            percentages(resource, seen, set.instances(), owner.instances(), at);
        }
    }

    /** Within any window, no more than the percentages of the least and the greatest capacity in it. */
    private void percentages(String resource, Seen seen, int to, int from, Instant at) {
        if (seen.levels.isEmpty()) {
            seen.levels.add(new Level(Instant.EPOCH, from));
        }
        Instant start = at.minus(WINDOW);
        while (seen.levels.size() > 1 && !second(seen).at().isAfter(start)) {
            seen.levels.removeFirst();
        }
        int least = seen.levels.stream().mapToInt(Level::instances).min().orElse(to);
        int most = seen.levels.stream().mapToInt(Level::instances).max().orElse(to);
        SafetyConstraints limits = constraints.get();
        // One that was topped up or partly reached counts from what was there, which may be less than was asked for.
        long highest = (long) Math.max(1, Math.min(least, from)) * (100 + limits.maxScaleUpPercent()) / 100;
        long lowest = (long) Math.max(most, from) * (100 - limits.maxScaleDownPercent()) / 100;
        verdicts.check(
                to <= Math.max(highest, from),
                at,
                () -> resource + " grew to " + to + ", allowed " + highest + " from " + least + " in 5 minutes");
        verdicts.check(
                to >= Math.min(lowest, from),
                at,
                () -> resource + " shrank to " + to + ", allowed " + lowest + " from " + most + " in 5 minutes");
        Level last = seen.levels.getLast();
        boolean anotherAttempt = seen.isChanging && last.instances() == to;
        seen.levels.add(anotherAttempt ? seen.levels.removeLast() : new Level(at, to));
        seen.isChanging = true;
    }

    private static Level second(Seen seen) {
        var levels = seen.levels.iterator();
        levels.next();
        return levels.next();
    }

    /** Nobody tells of effects: what the journal says was done is believed. */
    void unknown() {
        areUnknown = true;
    }

    void began(String resource, long generation) {
        byResource.computeIfAbsent(resource, r -> new Seen()).began = generation;
    }

    void answered(String resource, long generation) {
        Seen seen = byResource.computeIfAbsent(resource, r -> new Seen());
        seen.answered = Math.max(seen.answered, generation);
    }

    /** Never blind: the provider has said what became of the attempt before, and fenced it off. */
    void issuedAnew(String resource, long before, long generation, Instant at) {
        Seen seen = byResource.computeIfAbsent(resource, r -> new Seen());
        verdicts.check(
                seen.answered > before,
                at,
                () -> resource + ": " + generation + " issues anew what nobody asked about since " + before);
    }

    /** What the journal says was done was done, by an attempt of this change. */
    void ended(String resource, ChangeEnded event, Instant at) {
        Seen seen = byResource.computeIfAbsent(resource, r -> new Seen());
        seen.isChanging = false;
        if (!seen.levels.isEmpty()) { // what was asked for may not all have come
            seen.levels.addLast(
                    new Level(seen.levels.removeLast().at(), event.result().level()));
        }
        boolean claims =
                event.result().end() == Change.End.VERIFIED || event.result().end() == Change.End.UNDONE;
        verdicts.check(
                !claims || areUnknown || seen.highest >= seen.began,
                at,
                () -> resource + " reports " + event.result() + ", but nothing took effect since " + seen.began);
    }
}
