package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.trace.Load;
import java.util.SplittableRandom;

/** A load that wanders, with jumps, for as long as a run may have faults; then it stays. */
final class CampaignLoad implements Load {
    private static final long STEP_MS = 20_000;
    private static final int STEPS = 540;

    private final double[] rates;
    private final long endMillis;

    private CampaignLoad(double[] rates, long endMillis) {
        this.rates = rates;
        this.endMillis = endMillis;
    }

    static CampaignLoad of(SplittableRandom random, double mean, long endMillis) {
        double[] rates = new double[STEPS];
        double level = mean * 0.9;
        for (int i = 0; i < STEPS; i++) {
            boolean jumps = random.nextInt(100) < 8;
            level = jumps ? mean * random.nextDouble(0.2, 3) : Math.max(0, level * random.nextDouble(0.9, 1.1));
            rates[i] = level;
        }
        return new CampaignLoad(rates, endMillis);
    }

    @Override
    public int steps() {
        return rates.length;
    }

    @Override
    public long startMillis(int step) {
        return step * STEP_MS;
    }

    @Override
    public long endMillis() {
        return endMillis;
    }

    @Override
    public double ratePerS(int step) {
        return rates[step];
    }
}
