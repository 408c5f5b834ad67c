package io.novacron.zeroops.runtime.learning;

/**
 * What is learned about one horizon: the forecasts made and not yet due, and how far those that became due were off. All
 * in logarithms of (load + offset), where an error is a ratio; the formulas are in {@link AdaptiveForecaster}.
 */
final class HorizonModel {

    /** Forecasts that wait for their outcome; new ones are at least this part of the horizon apart. */
    private static final int WAITING = 64;

    /** However wild the past, at most this many times the base is forecast: what then exceeds it is met reactively. */
    private static final double MAX_MARGIN = Math.log(2);

    private static final double QUANTILES_HALF_LIFE_MS = 24 * 3_600_000.0;
    /**
     * The prior of the margins, as many outcomes as ten horizons give, exponentially distributed: enough that one jump in a
     * short past, which counts once for each forecast that it made wrong, is not taken for a habit.
     */
    private static final int PRIOR_OUTCOMES = 10 * WAITING;

    private final long horizonMs;
    private final double scoredQuantile;
    private final double memoryMs;

    private final long[] madeAt = new long[WAITING];
    private final double[] median = new double[WAITING];
    private final double[] base = new double[WAITING];
    private final double[] upper = new double[WAITING];
    private final double[] scale = new double[WAITING];
    private final double[] last = new double[WAITING];
    private final double[] offset = new double[WAITING];
    private final double[] highest = new double[WAITING];
    private final double[] opinions = new double[WAITING * Opinions.COUNT];
    private int first;
    private int waiting;

    private final Experts pointExperts = new Experts(Opinions.POINT_COUNT, false);
    private final Experts peakExperts = new Experts(Opinions.COUNT, true);
    private final DecayingQuantiles peakErrors = new DecayingQuantiles(-6, 18, 960, QUANTILES_HALF_LIFE_MS);
    private final DecayingQuantiles pointErrors = new DecayingQuantiles(-12, 12, 960, QUANTILES_HALF_LIFE_MS);
    private final Volatility volatility;

    private double medianNow;
    private double baseNow;
    private double scaleNow;

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
        this.volatility = new Volatility(horizonMs, memoryMs);
        for (int i = 0; i < PRIOR_OUTCOMES; i++) {
            double spread = (i + 0.5) / PRIOR_OUTCOMES;
            peakErrors.seed(-Math.log(1 - spread), 1);
            pointErrors.seed(spread < 0.5 ? Math.log(2 * spread) : -Math.log(2 - 2 * spread), 1);
        }
    }

    long horizonMs() {
        return horizonMs;
    }

    /** Scores what is due by now; {@code previous} is the value that held until now. */
    void observe(long atMillis, double value, double previous) {
        while (waiting > 0 && madeAt[first] + horizonMs <= atMillis) {
            boolean sampled = highest[first] > Double.NEGATIVE_INFINITY;
            boolean exact = madeAt[first] + horizonMs == atMillis || !sampled;
            score(atMillis, first, exact ? value : previous, exact ? Math.max(highest[first], value) : highest[first]);
            first = (first + 1) % WAITING;
            waiting--;
        }
        int end = first + waiting;
        raise(first, Math.min(end, WAITING), value);
        raise(0, end - WAITING, value);
    }

    private void raise(int from, int to, double value) {
        for (int i = from; i < to; i++) {
            highest[i] = Math.max(highest[i], value);
        }
    }

    /** After a silence of a good part of the horizon nobody knows the highest value: what waits is dropped. */
    void silent(long gapMs) {
        if (gapMs > horizonMs / 4) {
            waiting = 0;
        }
    }

    /** Makes the forecast from here, and keeps it for scoring unless the last one kept is very recent. */
    void forecast(long atMillis, double value, double[] said, double offsetNow, double noiseSquare) {
        medianNow = pointExperts.combine(said);
        baseNow = peakExperts.combine(said);
        scaleNow = volatility.scale(noiseSquare);
        if (waiting == 0 || spaced(atMillis)) {
            int at = (first + waiting) % WAITING;
            madeAt[at] = atMillis;
            median[at] = medianNow;
            base[at] = baseNow;
            upper[at] = peak(scoredQuantile);
            scale[at] = scaleNow;
            last[at] = value;
            offset[at] = offsetNow;
            highest[at] = Double.NEGATIVE_INFINITY;
            System.arraycopy(said, 0, opinions, at * Opinions.COUNT, Opinions.COUNT);
            waiting++;
        }
    }

    private boolean spaced(long atMillis) {
        long newest = madeAt[(first + waiting - 1) % WAITING];
        return waiting < WAITING && (atMillis - newest) * WAITING >= horizonMs;
    }

    double median() {
        return medianNow;
    }

    double point(double quantile) {
        return medianNow + clamp(scaleNow * pointErrors.quantile(quantile));
    }

    double peak(double quantile) {
        return baseNow + clamp(scaleNow * peakErrors.quantile(quantile));
    }

    private static double clamp(double margin) {
        return Math.max(-MAX_MARGIN, Math.min(MAX_MARGIN, margin));
    }

    private void score(long nowMillis, int at, double actual, double high) {
        double actualLog = Math.log(actual + offset[at]);
        double highLog = Math.log(high + offset[at]);
        peakErrors.add(nowMillis, (highLog - base[at]) / scale[at], 1);
        pointErrors.add(nowMillis, (actualLog - median[at]) / scale[at], 1);
        volatility.add(nowMillis, highLog - base[at]);

        double keep = lastScoredAt == Long.MIN_VALUE ? 0 : Math.pow(0.5, (nowMillis - lastScoredAt) / memoryMs);
        lastScoredAt = nowMillis;
        pointExperts.score(opinions, at * Opinions.COUNT, actualLog, keep);
        peakExperts.score(opinions, at * Opinions.COUNT, highLog, keep);

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
