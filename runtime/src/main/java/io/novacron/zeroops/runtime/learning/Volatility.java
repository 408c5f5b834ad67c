package io.novacron.zeroops.runtime.learning;

/** How much the series moved lately over one horizon: mean squares of log errors, fast, slow, by time of day. */
final class Volatility {
    private final double fastMs;
    private final double slowMs;
    private double fast = 0.01;
    private double slow = 0.01;
    private long last = Long.MIN_VALUE;
    private final double[] dailyAbove = new double[Season.SLOTS_A_DAY];
    private long slot = Long.MIN_VALUE;
    private double slotSum;
    private int slotCount;
    private final long horizonMs;

    Volatility(long horizonMs, double memoryMs) {
        this.horizonMs = horizonMs;
        this.fastMs = Math.max(Tune.FAST * 60_000, (double) horizonMs);
        this.slowMs = memoryMs;
        java.util.Arrays.fill(dailyAbove, Double.NaN);
    }

    void add(long now, double logError) {
        double square = Math.min(1, logError * logError);
        long step = last == Long.MIN_VALUE ? 60_000 : Math.min(now - last, 600_000);
        last = now;
        fast += (square - fast) * (1 - Math.exp(-step / fastMs));
        slow += (square - slow) * (1 - Math.exp(-step / slowMs));
        long here = Math.floorDiv(now - horizonMs, Season.SLOT_MS);
        if (here != slot) {
            if (slotCount > 0) {
                int i = (int) Math.floorMod(slot, (long) Season.SLOTS_A_DAY);
                double m = slotSum / slotCount;
                dailyAbove[i] = Double.isNaN(dailyAbove[i]) ? m : dailyAbove[i] + (m - dailyAbove[i]) * 0.4;
            }
            slot = here;
            slotSum = 0;
            slotCount = 0;
        }
        slotSum += square;
        slotCount++;
    }

    double scale(long now, double noiseSquare) {
        double season = 0;
        double n = 0;
        long here = Math.floorDiv(now, Season.SLOT_MS);
        for (int d = -1; d <= 2; d++) {
            double v = dailyAbove[(int) Math.floorMod(here + d, (long) Season.SLOTS_A_DAY)];
            if (!Double.isNaN(v)) {
                season += v;
                n++;
            }
        }
        double s = n == 0 ? slow : season / n;
        return Math.sqrt(Tune.MINS * Tune.MINS + Tune.WF * fast + Tune.WS * slow + Tune.WD * s + noiseSquare);
    }
}
