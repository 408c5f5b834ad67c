package io.novacron.zeroops.runtime.learning;

/** The columns of a regression: all are differences from now, or angles, so that one model serves at every level. */
final class Predictors {
    static final int COUNT = 32;

    private Predictors() {}

    /** Writes the row of the step that {@code at} sees from; what is not known is 0, which says: as now. */
    static void write(Window at, Seasons seasons, double[] row) {
        double now = at.now();
        int i = 0;
        row[i++] = now - at.back(1);
        row[i++] = now - at.back(2);
        row[i++] = now - at.back(3);
        row[i++] = now - at.back(6);
        row[i++] = now - at.mean(3);
        row[i++] = now - at.mean(6);
        row[i++] = now - at.mean(24);
        row[i++] = now - at.mean(72);
        row[i++] = now - at.median(6);
        row[i++] = now - at.median(24);
        row[i++] = at.tail() - now;
        for (int period : new int[] {seasons.main(), seasons.outer()}) {
            row[i++] = at.growth(period);
            row[i++] = at.smoothGrowth(period);
            row[i++] = at.seasonal(period, 0) - now;
            row[i++] = at.seasonalMean(period) - now;
            row[i++] = now - at.back(period);
        }
        row[i++] = at.meanGrowth(seasons.main());
        row[i++] = at.seasonalMedian(seasons.main()) - now;
        row[i++] = at.growth(seasons.inner());
        row[i++] = at.meanGrowth(seasons.inner());
        row[i++] = at.meanGrowth(seasons.inner(), 24);
        for (int turns = 1; turns <= 3; turns++) {
            double angle = 2 * Math.PI * turns * at.phase(seasons.main());
            row[i++] = Math.cos(angle);
            row[i++] = Math.sin(angle);
        }
        for (int column = 0; column < COUNT; column++) {
            row[column] = Double.isFinite(row[column]) ? row[column] : 0;
        }
    }
}
