package io.novacron.zeroops.simulations.fleet;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How long the boots of a run take, and which fail: the k-th to be started takes the same time under every policy, so that
 * policies differ by what they decide and not by luck. Lognormal, as fits times that cannot be negative and have a long
 * tail; {@code sigma = ln(p99 / median) / z}, z being the standard normal distribution's 99th percentile.
 *
 * @param p99S at least the median; equal to it, every boot takes as long
 * @param failureProbability 0..1: that a boot ends, after its time, without a ready instance
 */
public record BootTimes(long seed, double medianS, double p99S, double failureProbability) {
    private static final double DEFAULT_MEDIAN_S = 25;
    private static final double DEFAULT_P99_S = 35;
    private static final double Z99 = 2.3263478740408408;
    /**
     * Spreads seeds, so that two have no boots in common (L'Ecuyer's multiplier for 64 bits). Not the increment of
     * SplittableRandom itself: with that, one seed's boots would be the next one's, moved by a draw.
     */
    private static final long SEED_SPREAD = 0xD1342543DE82EF95L;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1); // only its inverse is used

    public BootTimes {
        if (!(medianS > 0) || !(p99S >= medianS) || Double.isInfinite(p99S)) {
            throw new IllegalArgumentException(
                    "Boot times need 0 < median <= p99, not " + medianS + " s and " + p99S + " s");
        }
        if (!(failureProbability >= 0) || failureProbability > 1) {
            throw new IllegalArgumentException("Not a probability: " + failureProbability);
        }
    }

    /** Median 25 s, 99th percentile 35 s, none fails. */
    public static BootTimes ofSeed(long seed) {
        return new BootTimes(seed, DEFAULT_MEDIAN_S, DEFAULT_P99_S, 0);
    }

    /** Milliseconds, at least 1, that the boot takes which is the {@code boot}-th to be started, from 0. */
    public long millis(int boot) {
        double sigma = StrictMath.log(p99S / medianS) / Z99;
        double z = sigma == 0
                ? 0
                : NORMAL.inverseCumulativeProbability(random(boot).nextDouble(Double.MIN_NORMAL, 1));
        return Math.max(1, Math.round(medianS * StrictMath.exp(sigma * z) * 1e3));
    }

    public boolean fails(int boot) {
        SplittableRandom random = random(boot);
        random.nextLong(); // that of the time
        return random.nextDouble() < failureProbability;
    }

    private SplittableRandom random(int boot) {
        return new SplittableRandom(seed * SEED_SPREAD + boot);
    }
}
