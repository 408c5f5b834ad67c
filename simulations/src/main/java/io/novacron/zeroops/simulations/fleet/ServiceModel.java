package io.novacron.zeroops.simulations.fleet;

/**
 * What instances can serve within the service-level objective: at most {@value #ALLOWED_SHARE} of the requests slower than
 * its latency. The load is spread evenly, and each instance is an M/M/1 queue with requests served in order of arrival, whose
 * time in the system is exponential with the rate {@code mu (1 - rho)} (Kleinrock, Queueing Systems I, 1975, chapter 5). So
 * the share slower than a latency L is {@code exp(-mu (1 - rho) L)}; L being the 99th percentile at
 * {@value #SAFE_UTILISATION} of what an instance can serve at all, the share at the utilisation rho is
 * {@code 0.01 ^ ((1 - rho) / (1 - 0.8))}, whatever mu and L are.
 *
 * @param safeLoadPerS requests per second that one instance serves within the SLO
 * @param minInstances that are required even without load; at least 0
 * @param queueMaxS how much work may wait, in seconds of the ready instances' capacity; what does not fit fails
 * @param holding what becomes of requests while no instance is ready
 */
public record ServiceModel(double safeLoadPerS, int minInstances, double queueMaxS, Holding holding) {
    static final double SAFE_UTILISATION = 0.8;
    static final double ALLOWED_SHARE = 0.01;
    /** In instances: so much a load may be over a whole number by rounding alone, such as 0.1 + 0.2 over 0.3. */
    private static final double ROUNDING = 1e-9;

    private static final double DEFAULT_QUEUE_MAX_S = 10;

    public ServiceModel {
        if (!(safeLoadPerS > 0) || Double.isInfinite(safeLoadPerS)) {
            throw new IllegalArgumentException("An instance must serve some load, not " + safeLoadPerS + " per second");
        }
        if (minInstances < 0 || !(queueMaxS >= 0) || Double.isInfinite(queueMaxS)) {
            throw new IllegalArgumentException(
                    "Neither minInstances nor queueMaxS may be negative: " + minInstances + ", " + queueMaxS);
        }
    }

    public ServiceModel(double safeLoadPerS, int minInstances) {
        this(safeLoadPerS, minInstances, DEFAULT_QUEUE_MAX_S);
    }

    public ServiceModel(double safeLoadPerS, int minInstances, double queueMaxS) {
        this(safeLoadPerS, minInstances, queueMaxS, Holding.NONE);
    }

    public ServiceModel holding(Holding bounds) {
        return new ServiceModel(safeLoadPerS, minInstances, queueMaxS, bounds);
    }

    /** Requests per second that one instance serves at the very most. */
    public double saturationPerS() {
        return safeLoadPerS / SAFE_UTILISATION;
    }

    /** The least instances that serve this load within the SLO, never fewer than the minimum. */
    public int required(double loadPerS) {
        double exact = Math.ceil(loadPerS / safeLoadPerS - ROUNDING);
        if (exact > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("No fleet serves " + loadPerS + " per second");
        }
        return Math.max(minInstances, (int) exact);
    }

    /** The share of requests slower than the SLO's latency, without a backlog; 1 from saturation on. */
    public double slowShare(double loadPerS, int ready) {
        if (loadPerS <= 0) {
            return 0;
        }
        double utilisation = ready == 0 ? Double.POSITIVE_INFINITY : loadPerS / (ready * saturationPerS());
        if (utilisation >= 1) {
            return 1;
        }
        return StrictMath.pow(ALLOWED_SHARE, (1 - utilisation) / (1 - SAFE_UTILISATION));
    }

    /**
     * The share of requests that violate the SLO, without a backlog: the slow ones beyond those it allows, relative to
     * all but those, so that it runs from 0 to 1. It is 0 where the instances are as many as the load needs.
     */
    public double violationShare(double loadPerS, int ready) {
        if (loadPerS <= safeLoadPerS * (ready + ROUNDING)) {
            return 0;
        }
        return Math.max(0, (slowShare(loadPerS, ready) - ALLOWED_SHARE) / (1 - ALLOWED_SHARE));
    }
}
