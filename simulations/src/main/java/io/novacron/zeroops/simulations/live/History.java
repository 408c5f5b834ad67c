package io.novacron.zeroops.simulations.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The last day of one workload, a point every ten seconds; written by one thread, read by any. */
final class History {
    static final long POINT_MS = 10_000;

    /** A day. */
    static final int POINTS_MAX = 8_640;

    private static final int POINTS_AN_HOUR = 360;

    private final long[] atMillis = new long[POINTS_MAX]; // of the epoch
    private final double[] loads = new double[POINTS_MAX];
    private final double[] peaks = new double[POINTS_MAX];
    private final double[] capacities = new double[POINTS_MAX];
    private final double[] requests = new double[POINTS_MAX]; // since the start
    private final double[] violations = new double[POINTS_MAX];
    private long written;

    /** Takes a point unless the last one is younger than {@link #POINT_MS}. */
    synchronized void add(Sample sample, double totalRequests, double totalViolations) {
        long at = sample.at().toEpochMilli();
        if (written > 0 && at - atMillis[index(written - 1)] < POINT_MS) {
            return;
        }
        int i = index(written++);
        atMillis[i] = at;
        loads[i] = sample.load();
        peaks[i] = sample.expectedPeak();
        capacities[i] = sample.capacity();
        requests[i] = totalRequests;
        violations[i] = totalViolations;
    }

    /** Those after {@code since}, the oldest first. */
    synchronized List<Sample> since(Instant since) {
        List<Sample> samples = new ArrayList<>();
        for (long point = Math.max(0, written - POINTS_MAX); point < written; point++) {
            int i = index(point);
            Instant at = Instant.ofEpochMilli(atMillis[i]);
            if (at.isAfter(since)) {
                samples.add(new Sample(at, loads[i], peaks[i], capacities[i]));
            }
        }
        return samples;
    }

    /** The share of the last hour's requests that were violations, given all until now. */
    synchronized double violationShare(double totalRequests, double totalViolations) {
        double earlierRequests = 0;
        double earlierViolations = 0;
        if (written > 0) {
            int hourAgo = index(Math.max(0, written - POINTS_AN_HOUR));
            earlierRequests = requests[hourAgo];
            earlierViolations = violations[hourAgo];
        }
        double asked = totalRequests - earlierRequests;
        return asked > 0 ? (totalViolations - earlierViolations) / asked : 0;
    }

    private static int index(long point) {
        return (int) (point % POINTS_MAX);
    }
}
