package io.novacron.zeroops.runtime.learning;

/** How forecasts lately did; outcomes count half after {@code halfLife} more. */
final class Score {
    private final double keep;
    private long scored;
    private double count;
    private double actualSum;
    private double errorSum;
    private double lastErrorSum;
    private double coveredSum;

    Score(double halfLife) {
        keep = Math.pow(0.5, 1 / halfLife);
    }

    void add(double actual, double forecast, double last, boolean covered) {
        scored++;
        count = keep * count + 1;
        actualSum = keep * actualSum + actual;
        errorSum = keep * errorSum + Math.abs(actual - forecast);
        lastErrorSum = keep * lastErrorSum + Math.abs(actual - last);
        coveredSum = keep * coveredSum + (covered ? 1 : 0);
    }

    private double ofLoad(double sum) {
        return actualSum > 0 ? sum / actualSum : 0;
    }

    /** Error above the best member's, as a share of the load; negative where it was less. 0 before there are outcomes. */
    double regret(double leastError) {
        return Double.isNaN(leastError) ? 0 : ofLoad(errorSum - leastError * count);
    }

    Skill skill(String model, long observations) {
        return new Skill(
                model,
                observations,
                scored,
                ofLoad(errorSum),
                ofLoad(lastErrorSum),
                scored == 0 ? Double.NaN : coveredSum / count);
    }
}
