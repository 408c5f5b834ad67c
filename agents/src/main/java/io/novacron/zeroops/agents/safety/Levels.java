package io.novacron.zeroops.agents.safety;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The capacity of one resource over the last 5 minutes, as far as it was told, oldest first. Each point is in force until
 * the next; the first may be older than the window, since its level was in force when the window began.
 */
public record Levels(List<Point> points) {
    /** The window of {@code max_scale_up_percent} and {@code max_scale_down_percent}. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    /** A thirty-third point merges the two oldest: what is forgotten is when, not how low or how high. */
    public static final int POINTS_MAX = 32;

    static final Levels NONE = new Levels(List.of());

    /** From {@code at} on the level was no lower than {@code low} and no higher than {@code high}. */
    public record Point(Instant at, int low, int high) {
        private boolean isSameAs(Point other) {
            return low == other.low && high == other.high;
        }

        private Point until(Point next) {
            return new Point(at, Math.min(low, next.low), Math.max(high, next.high));
        }
    }

    public Levels {
        points = List.copyOf(points);
    }

    Levels observed(Instant at, int level) {
        var kept = new ArrayList<>(within(at));
        var point = new Point(at, level, level);
        int size = kept.size();
        if (size > 1 && kept.get(size - 1).isSameAs(point) && kept.get(size - 2).isSameAs(point)) {
            kept.remove(size - 1); // it was so before, and is so now: what lies between says nothing more
        }
        kept.add(point);
        if (kept.size() > POINTS_MAX) {
            kept.set(1, kept.get(0).until(kept.get(1)));
            kept.remove(0);
        }
        return new Levels(kept);
    }

    /** Lowest level in the window that ends at {@code now}; empty where nothing was heard in it. */
    OptionalInt lowest(Instant now) {
        return within(now).stream().mapToInt(Point::low).min();
    }

    OptionalInt highest(Instant now) {
        return within(now).stream().mapToInt(Point::high).max();
    }

    /**
     * From when on it says nothing any more: what was known is older than the window then, and whoever proposes next says
     * how it is now.
     */
    Instant quietFrom() {
        return points.isEmpty()
                ? Instant.EPOCH
                : points.get(points.size() - 1).at().plus(WINDOW);
    }

    private List<Point> within(Instant now) {
        Instant start = now.minus(WINDOW);
        int first = 0;
        while (first + 1 < points.size() && !points.get(first + 1).at().isAfter(start)) {
            first++;
        }
        boolean allOld = points.isEmpty() || !points.get(points.size() - 1).at().isAfter(start);
        return allOld ? List.of() : points.subList(first, points.size());
    }
}
