package io.novacron.zeroops.simulations.fleet;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds requests while no instance is ready, in order of arrival, as {@link Holding} allows. Exact for loads that are constant
 * between calls: it goes from one instant to the next at which it becomes full, or the oldest request begins or ends to be
 * too old.
 */
final class Activator {
    /** Seconds, and requests: nearer than this is the same, so that rounding never keeps it from going on. */
    private static final double SAME = 1e-9;

    private final Holding holding;
    private final Deque<Arrivals> arrivals = new ArrayDeque<>(); // no older than the bound
    private double nowS;
    private double held;
    private double failed;

    /** Requests that came at a constant rate from one instant to another. */
    private record Arrivals(double fromS, double toS, double perS) {}

    Activator(Holding holding) {
        this.holding = holding;
    }

    /** Time passes without a ready instance. */
    void hold(double loadPerS, double seconds) {
        double end = nowS + seconds;
        if (holding.holdsNone()) {
            failed += loadPerS * seconds;
            nowS = end;
        }
        while (nowS < end) {
            double expiringPerS = expiringPerS();
            boolean isFull = held >= holding.requestsMax() - SAME;
            double admittedPerS = isFull ? Math.min(loadPerS, expiringPerS) : loadPerS;
            double growthPerS = admittedPerS - expiringPerS;
            double next = Math.min(end, nextExpiry());
            if (!isFull && growthPerS > 0) {
                next = Math.min(next, nowS + (holding.requestsMax() - held) / growthPerS);
            }
            pass(Math.min(end, Math.max(next, nowS + SAME)), admittedPerS, expiringPerS, loadPerS);
        }
    }

    private void pass(double toS, double admittedPerS, double expiringPerS, double loadPerS) {
        double seconds = toS - nowS;
        failed += (loadPerS - admittedPerS + expiringPerS) * seconds;
        held = Math.max(0, held + (admittedPerS - expiringPerS) * seconds);
        if (expiringPerS > 0) {
            Arrivals oldest = arrivals.removeFirst();
            if (oldest.toS - oldest.fromS > seconds + SAME) {
                arrivals.addFirst(new Arrivals(oldest.fromS + seconds, oldest.toS, oldest.perS));
            }
        }
        if (admittedPerS > 0) {
            arrivals.addLast(new Arrivals(nowS, toS, admittedPerS));
        }
        nowS = toS;
    }

    private double expiringPerS() {
        Arrivals oldest = arrivals.peekFirst();
        return oldest != null && oldest.fromS + holding.secondsMax() <= nowS + SAME ? oldest.perS : 0;
    }

    private double nextExpiry() {
        Arrivals oldest = arrivals.peekFirst();
        if (oldest == null) {
            return nowS + Math.max(SAME, holding.secondsMax());
        }
        double begins = oldest.fromS + holding.secondsMax();
        return begins > nowS + SAME ? begins : oldest.toS + holding.secondsMax();
    }

    /** Time passes with a ready instance, to which all that were held are handed over. */
    double release(double seconds) {
        nowS += seconds;
        arrivals.clear();
        double released = held;
        held = 0;
        return released;
    }

    double held() {
        return held;
    }

    /** Requests for which there was no room, or that were held for too long. */
    double failed() {
        return failed;
    }
}
