package io.novacron.zeroops.runtime.learning;

/**
 * What is learned about one horizon: the forecasts made and not yet due, and how far those that became due were off. All
 * in logarithms of (load + offset), where an error is a ratio.
 */
final class HorizonModel {

    /** Forecasts that wait for their outcome; new ones are at least a {@code 1/WAITING} of the horizon apart. */
    private static final int WAITING = 64;

    private static final int EXPERTS = AdaptiveForecaster.EXPERTS;

    final long horizonMs;
    private final double scoredQuantile;
    private final double memoryMs;

    private final long[] madeAt = new long[WAITING];
    private final double[] median = new double[WAITING];
    private final double[] upper = new double[WAITING];
    private final double[] scale = new double[WAITING];
    private final double[] last = new double[WAITING];
    private final double[] offset = new double[WAITING];
    private final double[] highest = new double[WAITING];
    private final double[] opinions = new double[WAITING * EXPERTS];
    private int first;
    private int waiting;

    private final Experts experts = new Experts(EXPERTS);
    private final DecayingQuantiles peaks;
    private final DecayingQuantiles points;
    final Volatility volatility;

    private long scored;
    private long lastScoredAt = Long.MIN_VALUE;
    private double actualSum;
    private double errorSum;
    private double lastErrorSum;
    private double coveredSum;
    private double countSum;

    HorizonModel(long horizonMs, ForecasterSettings settings) {
        this.horizonMs = horizonMs;
        this.scoredQuantile = settings.scoredQuantile();
        this.memoryMs = settings.memory().toMillis();
        this.peaks = new DecayingQuantiles(-6, 18, 960, Tune.QHALF * 3_600_000.0);
        this.points = new DecayingQuantiles(-12, 12, 480, Tune.QHALF * 3_600_000.0);
        this.volatility = new Volatility(horizonMs, memoryMs);
        peaks.add(0, 0, 1);
        for (int i = 1; i < 20; i++) {
            peaks.add(0, i * 0.2, 1);
            points.add(0, (i - 10) * 0.3, 1);
        }
    }

    boolean takes(long atMillis) {
        return waiting == 0
                || (waiting < WAITING && atMillis - madeAt[(first + waiting - 1) % WAITING] >= horizonMs / WAITING);
    }

    double combine(double[] forecasts) {
        return experts.combine(forecasts);
    }

    double peak(double medianLog, double scaleLog, double quantile) {
        return medianLog + scaleLog * peaks.quantile(quantile);
    }

    double point(double medianLog, double scaleLog, double quantile) {
        return medianLog + scaleLog * points.quantile(quantile);
    }

    void expect(long atMillis, double value, double[] forecasts, double medianLog, double scaleLog, double offsetNow) {
        int at = (first + waiting) % WAITING;
        madeAt[at] = atMillis;
        median[at] = medianLog;
        scale[at] = scaleLog;
        upper[at] = peak(medianLog, scaleLog, scoredQuantile);
        last[at] = value;
        offset[at] = offsetNow;
        highest[at] = Double.NEGATIVE_INFINITY;
        System.arraycopy(forecasts, 0, opinions, at * EXPERTS, EXPERTS);
        waiting++;
    }

    /** Scores what is due by now; {@code previous} is the value that held until now. */
    void observe(long atMillis, double value, double previous) {
        while (waiting > 0 && madeAt[first] + horizonMs <= atMillis) {
            boolean exact = madeAt[first] + horizonMs == atMillis || highest[first] == Double.NEGATIVE_INFINITY;
            double actual = exact ? value : previous;
            score(atMillis, first, actual, exact ? Math.max(highest[first], value) : highest[first]);
            first = (first + 1) % WAITING;
            waiting--;
        }
        for (int i = 0; i < waiting; i++) {
            int at = (first + i) % WAITING;
            highest[at] = Math.max(highest[at], value);
        }
    }

    /** After a silence nobody knows the highest value: what waits is dropped. */
    void forgetWaiting() {
        waiting = 0;
    }

    private void score(long now, int at, double actual, double high) {
        double actualLog = Math.log(actual + offset[at]);
        double highLog = Math.log(high + offset[at]);
        peaks.add(now, (highLog - median[at]) / scale[at], 1);
        points.add(now, (actualLog - median[at]) / scale[at], 1);
        volatility.add(now, highLog - median[at]);
        double keep = lastScoredAt == Long.MIN_VALUE ? 0 : Math.pow(0.5, (now - lastScoredAt) / memoryMs);
        lastScoredAt = now;
        experts.score(opinions, at * EXPERTS, actualLog, keep);
        double predicted = Math.max(0, Math.exp(median[at]) - offset[at]);
        actualSum = keep * actualSum + actual;
        errorSum = keep * errorSum + Math.abs(actual - predicted);
        lastErrorSum = keep * lastErrorSum + Math.abs(actual - last[at]);
        coveredSum = keep * coveredSum + (highLog <= upper[at] ? 1 : 0);
        countSum = keep * countSum + 1;
        scored++;
    }

    Skill skill(String model, long observations) {
        double of = actualSum > 0 ? actualSum : 1;
        double coverage = scored == 0 ? Double.NaN : coveredSum / countSum;
        return new Skill(model, observations, scored, errorSum / of, lastErrorSum / of, coverage);
    }
}
