package io.novacron.zeroops.simulations.bench;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/** Order statistics of what was measured. */
final class Medians {
    private Medians() {}

    static double of(List<Double> values) {
        return percentile(values.stream().mapToDouble(Double::doubleValue).toArray(), 50);
    }

    /** NaN for none. */
    static double percentile(double[] values, double percent) {
        return new Percentile(percent).evaluate(Arrays.copyOf(values, values.length));
    }
}
