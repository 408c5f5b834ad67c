package io.novacron.zeroops.agents.provisioning;

import java.time.Duration;

/**
 * How much capacity to commit to. A committed unit costs (1 - discount) of its price on demand, used or not; it pays if it is
 * used for more than that share of the time. Of a load, the k-th unit is used whenever the load is k or more: so committed is
 * up to the load that was reached or exceeded for more than (1 - discount) of the time, its quantile at {@code discount}.
 *
 * @param discount of the commitment, above 0 and below 1
 * @param term for which a commitment is paid
 * @param shareMax of the mean load that may be committed, so that a fall of the load does not leave all of it unused
 * @param rungs a purchase closes only one part in so many of what is missing: a ladder, whose commitments end one after
 *     the other
 */
public record CommitmentPolicy(double discount, Duration term, double shareMax, int rungs) {
    public static final int RUNGS_MAX = 100;

    public CommitmentPolicy {
        if (!(discount > 0 && discount < 1)) {
            throw new IllegalArgumentException(
                    "discount " + discount + " is out of range; use a share above 0, below 1");
        }
        if (!(shareMax >= 0 && shareMax <= 1)) {
            throw new IllegalArgumentException("share " + shareMax + " is out of range; use a share from 0 to 1");
        }
        if (rungs < 1 || rungs > RUNGS_MAX || term.isNegative() || term.isZero()) {
            throw new IllegalArgumentException(
                    rungs + " rungs of " + term + ": use 1 to " + RUNGS_MAX + ", and a term of more than nothing");
        }
    }

    /** Whether a unit that is used for this share of the time costs less committed than on demand. */
    public boolean pays(double usedShare) {
        return usedShare > 1 - discount;
    }

    /**
     * What should be committed, by a load of the past.
     *
     * @param ascending hourly; at least one
     */
    public double target(double[] ascending) {
        double mean = 0;
        for (double load : ascending) {
            mean += load / ascending.length;
        }
        return Math.min(Usage.quantile(ascending, discount), shareMax * mean);
    }

    /** What to commit in addition; nothing is given back before its term. */
    public double purchase(double held, double target) {
        return Math.max(0, target - held) / rungs;
    }
}
