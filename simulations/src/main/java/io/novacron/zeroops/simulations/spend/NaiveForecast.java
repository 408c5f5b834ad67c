package io.novacron.zeroops.simulations.spend;

import io.novacron.zeroops.runtime.learning.SpendForecast;
import io.novacron.zeroops.runtime.learning.SpendForecast.Range;
import java.util.List;
import java.util.stream.IntStream;

/** The rivals that cost nothing: what a forecast must beat to be worth having. A day that nobody knows is as the one before. */
enum NaiveForecast {
    /** The last week, repeated. */
    SEASONAL_NAIVE {
        @Override
        double at(double[] known, int last, int lead) {
            return known[Math.max(0, last - 6 + (lead - 1) % 7)];
        }
    },
    LAST_VALUE {
        @Override
        double at(double[] known, int last, int lead) {
            return known[last];
        }
    },
    /** The line from the first value through the last. */
    DRIFT {
        @Override
        double at(double[] known, int last, int lead) {
            return Math.max(0, known[last] + lead * (known[last] - known[0]) / Math.max(1, last));
        }
    };

    /** @param lead from 1 */
    abstract double at(double[] known, int last, int lead);

    SpendForecast forecast(double[] known, int last, int horizon) {
        List<Range> days = IntStream.rangeClosed(1, horizon)
                .mapToObj(lead -> new Range(at(known, last, lead), Double.NaN, Double.NaN))
                .toList();
        double sum = days.stream().mapToDouble(Range::expected).sum();
        return new SpendForecast(days, new Range(sum, Double.NaN, Double.NaN), Double.NaN);
    }
}
