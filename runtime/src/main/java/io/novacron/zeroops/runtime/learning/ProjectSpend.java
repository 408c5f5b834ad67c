package io.novacron.zeroops.runtime.learning;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What one project costs by itself: by what is committed, a price per hour that changes in steps, and by its bills. */
final class ProjectSpend {
    private static final double HOUR_MS = 3_600_000;

    private final TreeMap<Instant, Long> changes = new TreeMap<>(); // to come; in millionths of a dollar per hour
    private final TreeMap<Long, Double> bills = new TreeMap<>(); // of the hours that are not closed, in dollars
    private long perHour; // in millionths of a dollar, so that what is taken away leaves nothing
    private double cost; // of this hour, in millionths of a dollar
    private Instant at;

    ProjectSpend(Instant at) {
        this.at = at;
    }

    /** @param from when on; what is past by now counts from now on */
    void change(Instant from, long micros) {
        changes.merge(from, micros, Long::sum);
    }

    void billed(long hour, double dollars) {
        bills.merge(hour, dollars, Double::sum);
    }

    void advance(Instant now) {
        while (!changes.isEmpty() && !changes.firstKey().isAfter(now)) {
            Map.Entry<Instant, Long> next = changes.pollFirstEntry();
            run(next.getKey());
            perHour += next.getValue();
        }
        run(now);
    }

    private void run(Instant to) {
        if (to.isAfter(at)) {
            cost += perHour * ((to.toEpochMilli() - at.toEpochMilli()) / HOUR_MS);
            at = to;
        }
    }

    /** Dollars an hour, since it was advanced. */
    double perHour() {
        return perHour / 1e6;
    }

    /** Dollars that the hour which ends now cost by what was committed; the next begins. */
    double hourEnds() {
        double dollars = cost / 1e6;
        cost = 0;
        return dollars;
    }

    /** Dollars that were billed for this hour, NaN if nothing was; what comes later for it is not asked for again. */
    double billsOf(long hour) {
        double dollars = bills.getOrDefault(hour, Double.NaN);
        bills.headMap(hour, true).clear();
        return dollars;
    }
}
