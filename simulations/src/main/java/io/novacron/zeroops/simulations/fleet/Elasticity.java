package io.novacron.zeroops.simulations.fleet;

/**
 * Instability and jitter of the supply of instances against the demand for them, as the SPEC Research Group defines them
 * (Herbst, Krebs, Oikonomou, Kousiouris, Evangelinou, Iosup, Kounev, "Ready for Rain? A View from SPEC Research on the Future
 * of Cloud Metrics", 2016, chapter 3; Herbst et al., "Quantifying Cloud Performance and Dependability", ACM TOMPECS 3(4),
 * 2018), for demand d and supply s sampled every dt:
 *
 * <pre>
 *   upsilon = 100 / T * sum over t of min(|sgn(s_t - s_t-1) - sgn(d_t - d_t-1)|, 1) * dt        percent
 *   j       = (E_S - E_D) / T,       E the number of t at which s, or d, is not what it was at t - 1
 * </pre>
 *
 * Demand is the instances that the load requires, supply those that are ready. Both are steps in time, which have no slope of
 * their own, so that the definition needs a dt: it is {@link #SAMPLED_MILLIS} for every policy, the period in which
 * a reactive autoscaler decides.
 */
final class Elasticity {
    static final long SAMPLED_MILLIS = 15_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private boolean hasSample;
    private int demand;
    private int supply;
    private long nextMillis;
    private long intervals;
    private long unstable;
    private long demandChanges;
    private long supplyChanges;

    Elasticity(long startMillis) {
        nextMillis = startMillis;
    }

    /** A stretch that follows the one before, of constant demand and supply; its end belongs to the next. */
    void add(long toMillis, int newDemand, int newSupply) {
        if (nextMillis >= toMillis) {
            return; // too short to be sampled
        }
        long samples = (toMillis - 1 - nextMillis) / SAMPLED_MILLIS + 1;
        nextMillis += samples * SAMPLED_MILLIS;
        if (hasSample) {
            int demanded = Integer.signum(newDemand - demand);
            int supplied = Integer.signum(newSupply - supply);
            unstable += demanded == supplied ? 0 : 1;
            demandChanges += Math.abs(demanded);
            supplyChanges += Math.abs(supplied);
            intervals++;
        }
        intervals += samples - 1; // in which neither changed
        hasSample = true;
        demand = newDemand;
        supply = newSupply;
    }

    /** Upsilon: 0 to 100; 0 where nothing was sampled. */
    double instabilityPct() {
        return intervals == 0 ? 0 : 100.0 * unstable / intervals;
    }

    /** j for each hour: above 0 the supply changes more often than the demand, below 0 less often. */
    double jitterPerHour() {
        double hours = intervals * SAMPLED_MILLIS / MILLIS_PER_HOUR;
        return intervals == 0 ? 0 : (supplyChanges - demandChanges) / hours;
    }
}
